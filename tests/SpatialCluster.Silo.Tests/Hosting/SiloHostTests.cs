using System.Text;
using System.Text.Json;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Silo.Hosting;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Tests.Hosting;

public sealed class SiloHostTests
{
    private const string Simulated = "version: 1\nname: small\ndatasets: [{name: demo, simulate: {modalities: [rna, protein]}}]\nmethods: [pca]\n";

    private const string Canary = "canary-secret-9876543210";

    [Fact]
    public async Task Run_UntilStopped_ServesAndGivesBack()
    {
        var engine = new FakeSiloEngine();
        using var log = new LogCapture();
        using var stop = new CancellationTokenSource();
        Task run = SiloHost.RunAsync(Options(engine, log), stop.Token);
        string url = await UrlAsync(run, log);
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        await engine.Running.WaitAsync(TimeSpan.FromSeconds(60));
        (await client.GetAsync("/healthz")).IsSuccessStatusCode.ShouldBeTrue();
        (await client.GetAsync("/readyz")).IsSuccessStatusCode.ShouldBeTrue();
        string metrics = await client.GetStringAsync("/metrics");
        metrics.ShouldContain("spatialcluster_devices{lane=\"cpu\"} 2");
        metrics.ShouldContain("spatialcluster_devices_busy{lane=\"cpu\"} 1");
        metrics.ShouldContain("spatialcluster_grains_waiting{lane=\"cpu\"} 7");
        metrics.ShouldContain("spatialcluster_silo_ready 1");
        engine.Trouble = "The broker is away.";
        HttpResponseMessage unready = await client.GetAsync("/readyz");
        ((int)unready.StatusCode).ShouldBe(503);
        (await unready.Content.ReadAsStringAsync()).ShouldContain("The broker is away.");
        (await client.GetStringAsync("/metrics")).ShouldContain("spatialcluster_silo_ready 0");
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(60));
        engine.GaveBack.ShouldBeTrue();
        string told = log.ToString();
        told.ShouldContain("cpu:0, cpu:1 (1 thread each), io:0");
        told.ShouldContain("broker amqp://broker.example:5672/lab");
        told.ShouldContain("Everything was given back.");
    }

    [Fact]
    public async Task Run_EngineThatDoesNotStop_IsLeftAfterItsGrace()
    {
        using var never = new CancellationTokenSource();
        var engine = new FakeSiloEngine { Work = _ => Task.Delay(Timeout.InfiniteTimeSpan, never.Token) };
        using var log = new LogCapture();
        using var stop = new CancellationTokenSource();
        Task run = SiloHost.RunAsync(Options(engine, log) with { Grace = TimeSpan.Zero, Web = null }, stop.Token);
        await engine.Running.WaitAsync(TimeSpan.FromSeconds(60));
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(60));
        engine.GaveBack.ShouldBeFalse();
        log.ToString().ShouldContain("other silos take it over");
        await never.CancelAsync();
    }

    [Fact]
    public async Task Run_EngineThatFails_FailsWithItsSentence()
    {
        var engine = new FakeSiloEngine { Work = _ => throw new SpatialClusterException(FailureKind.Permanent, "The broker refuses the user; look at the credentials.") };
        var error = await Should.ThrowAsync<SpatialClusterException>(() => SiloHost.RunAsync(Options(engine, TextWriter.Null), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60)));
        error.Message.ShouldContain("look at the credentials");
    }

    [Theory]
    [InlineData(LogFormat.Text)]
    [InlineData(LogFormat.Json)]
    public async Task Log_WhateverEnginesAndServersSay_HoldsNoCredentials(LogFormat format)
    {
        var engine = new FakeSiloEngine { Trouble = $"amqp://user:{Canary}@broker.example does not answer; token {WebHostRun.Token}" };
        using var log = new LogCapture();
        using var stop = new CancellationTokenSource();
        SiloHostOptions options = Options(engine, log, format);
        Task run = SiloHost.RunAsync(options, stop.Token);
        string url = await UrlAsync(run, log);
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        await engine.Running.WaitAsync(TimeSpan.FromSeconds(60));
        string told = await (await client.GetAsync("/readyz")).Content.ReadAsStringAsync();
        using var posted = new StringContent(Simulated, Encoding.UTF8, "application/yaml");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/campaigns") { Content = posted };
        request.Headers.Add("Authorization", $"Bearer {WebHostRun.Token}");
        ((int)(await client.SendAsync(request)).StatusCode).ShouldBe(500, "the delegate of this test throws");
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(60));
        foreach (string text in new[] { log.ToString(), told })
        {
            text.ShouldNotContain(Canary);
            text.ShouldNotContain(WebHostRun.Token);
        }

        log.ToString().ShouldContain("broker.example");
        log.ToString().ShouldContain("/api/v1/campaigns failed");
        if (format == LogFormat.Json)
        {
            foreach (string line in log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
                JsonDocument.Parse(line).RootElement.GetProperty("level").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task DeviceWatch_DeadAndBusyThreads_AreToldApart()
    {
        using var device = new CpuDevice("cpu:0", Lane.Cpu, 1);
        using var hold = new ManualResetEventSlim();
        var engine = new FakeSiloEngine { Devices = [new DeviceReport("cpu:0", "cpu", 1)] };
        // Long for a thread that answers, and short enough to wait for one that does not.
        var watch = new DeviceWatch([device], () => engine.Beacon, TimeSpan.FromSeconds(2));
        (await watch.AilingAsync(CancellationToken.None)).ShouldBeNull();
        Task<bool> held = device.RunAsync(() => { hold.Wait(); return true; });
        (await watch.AilingAsync(CancellationToken.None)).ShouldNotBeNull().ShouldContain("cpu:0");
        engine.Devices = [new DeviceReport("cpu:0", "cpu", 1) { Grain = "slice/1" }];
        (await watch.AilingAsync(CancellationToken.None)).ShouldBeNull("it works");
        engine.Devices = [new DeviceReport("cpu:0", "cpu", 1)];
        hold.Set();
        await held;
        (await watch.AilingAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Intake_WithoutRoots_RefusesDataAndTakesSimulations()
    {
        string? document = null;
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "rna.csv"), "spot,g1,g2\na,1,2\n");
        using (var intake = new CampaignIntake(new MemoryArtifactStore(), [], (planned, text, _) => { document = $"{planned.Plan.Name}:{Encoding.UTF8.GetString(text)}"; return Task.CompletedTask; }))
        {
            SubmittedCampaign taken = await intake.TakeAsync(Simulated, CancellationToken.None);
            taken.Grains.ShouldBeGreaterThan(3);
            document.ShouldBe($"small:{Simulated}");
            string message = (await Should.ThrowAsync<BadInputException>(() => intake.TakeAsync(Files(Path.Combine(folder.Path, "rna.csv")), CancellationToken.None))).Message;
            message.ShouldContain("no folder is open");
            message.ShouldContain("--root");
        }

        using var rooted = new CampaignIntake(new MemoryArtifactStore(), [folder.Path], (_, _, _) => Task.CompletedTask);
        (await Should.ThrowAsync<BadInputException>(() => rooted.TakeAsync(Files("/etc/passwd"), CancellationToken.None))).Message.ShouldContain("outside");
        (await Should.ThrowAsync<BadInputException>(() => rooted.TakeAsync(Files("../rna.csv"), CancellationToken.None))).Message.ShouldContain("outside");
        (await Should.ThrowAsync<BadInputException>(() => rooted.TakeAsync(Files("missing.csv"), CancellationToken.None))).Message.ShouldContain("there is no file");
    }

    private static string Files(string path) => $"version: 1\nname: small\ndatasets: [{{name: own, modalities: {{rna: {{file: {path}, measures: rna}}}}}}]\nmethods: [pca]\n";

    private static SiloHostOptions Options(FakeSiloEngine engine, TextWriter log, LogFormat format = LogFormat.Text)
    {
        string? Variable(string name) => name switch { BrokerCredentials.UserVariable => "user", BrokerCredentials.PasswordVariable => Canary, _ => null };
        var redaction = new SecretRedaction([WebHostRun.Token, Canary]);
        return new SiloHostOptions
        {
            Engine = "fake",
            Id = "fake-1",
            Program = "0.0",
            Store = new MemoryArtifactStore(),
            Broker = BrokerOptions.Find("amqp://broker.example:5672/lab", null, null, Variable),
            Devices = SiloDevices.Of(2, 1),
            MemoryLimit = 1 << 30,
            Runner = new GrainRunnerOptions(),
            Web = new SiloWebOptions { Addresses = HttpAddress.ParseAll("127.0.0.1:0", "--http"), Token = ApiToken.Of(WebHostRun.Token, "The token"), Redaction = redaction },
            Telemetry = new TelemetryOptions { Service = "spatialcluster-silo", Instance = "fake-1", Version = "0.0", Format = format, Redaction = redaction },
            Log = log,
            Engines = (request, _) =>
            {
                request.Broker!.Secret.ShouldBe(Canary);
                return Task.FromResult(new SiloEngineParts(engine, (_, _, _) => throw new InvalidOperationException(Canary)));
            },
        };
    }

    private static async Task<string> UrlAsync(Task run, LogCapture log)
    {
        while (true)
        {
            if (System.Text.RegularExpressions.Regex.Match(log.ToString(), @"http://127\.0\.0\.1:\d+/") is { Success: true } url)
                return url.Value;
            run.IsCompleted.ShouldBeFalse(log.ToString());
            await Task.Yield();
        }
    }
}
