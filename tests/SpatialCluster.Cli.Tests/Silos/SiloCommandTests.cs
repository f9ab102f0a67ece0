using System.Text.Json;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Silo.Hosting;
using SpatialCluster.Silo.Tests;

namespace SpatialCluster.Cli.Tests.Silos;

public sealed class SiloCommandTests : IDisposable
{
    private const string Canary = "canary-secret-9876543210";

    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("spatialcluster-test-").FullName;

    private string Store => Path.Combine(_folder, "store");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Silo_UntilStopped_TellsWhatItIsAndExits0()
    {
        string credentials = FileOf("broker.txt", $"user\n{Canary}\n");
        string token = FileOf("token.txt", "canary-token-0123456789abcdef\n");
        SiloEngineRequest? request = null;
        CommandRun run = RunSilo(
            made => request = made,
            "--broker", "amqp://broker.example:5672/lab", "--broker-credentials", credentials, "--store", Store, "--devices", "cpu:1,cpu:0,io:0", "--threads", "4",
            "--name", "node7", "--http", "127.0.0.1:0", "--api-token-file", token, "--grace", "3", "--segment", "60", "--memory-limit", "2GB", "--checkpoint-interval", "5");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("silo node7-");
        run.Error.ShouldContain("engine rabbitmq, cpu:1, cpu:0 (2 threads each), io:0, 2048 MB");
        run.Error.ShouldContain($"Store {Store}, broker amqp://broker.example:5672/lab.");
        run.Error.ShouldMatch(@"at http://127\.0\.0\.1:\d+/\.");
        run.Error.ShouldContain("Everything was given back.");
        run.Error.ShouldNotContain("canary");
        request.ShouldNotBeNull();
        (request.Broker!.User, request.Broker.Secret).ShouldBe(("user", Canary));
        request.Devices.Select(d => d.Name).ShouldBe(["cpu:1", "cpu:0", "io:0"]);
        (request.Segment, request.Grace, request.MemoryLimit).ShouldBe((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(3), 2L << 30));
        request.Runner.CheckpointInterval.ShouldBe(TimeSpan.FromSeconds(5));
        request.Address().ShouldNotBeNull().ShouldStartWith("http://127.0.0.1:");
    }

    [Fact]
    public void Silo_LogAsJson_IsAnObjectPerLine()
    {
        CommandRun run = RunSilo(_ => { }, "--broker", "amqp://127.0.0.1/", "--store", Store, "--slots", "1", "--http", "none", "--log-format", "json");
        run.ExitCode.ShouldBe(0, run.Error);
        JsonElement[] lines = [.. run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        lines.Select(l => l.GetProperty("event").GetString()).ShouldContain("SiloStarts");
    }

    [Theory]
    [InlineData("no GPU backend is built in", "--devices", "gpu:0")]
    [InlineData("no such device", "--devices", "cpu")]
    [InlineData("twice", "--devices", "cpu:0,cpu:0")]
    [InlineData("no device of the CPU", "--devices", "io:0")]
    [InlineData("give one of them", "--devices", "cpu:0", "--slots", "1")]
    [InlineData("there are 1 threads", "--devices", "cpu:0,cpu:1", "--threads", "1")]
    [InlineData("--slots is 9", "--slots", "9", "--threads", "2")]
    [InlineData("--name is 'Node 7'", "--name", "Node 7")]
    [InlineData("--grace is -1", "--grace=-1")]
    [InlineData("--segment is 0", "--segment", "0")]
    [InlineData("--heartbeat is 0", "--heartbeat", "0")]
    [InlineData("--http is '8787'", "--http", "8787")]
    [InlineData("there is no token", "--http", "*:0")]
    [InlineData("--log-format is 'xml'", "--log-format", "xml")]
    [InlineData("--otlp holds more than an address", "--otlp", "http://user:canary-secret-9876543210@collector")]
    [InlineData("--otlp is no http", "--otlp", "collector")]
    [InlineData("The CA file nowhere.pem", "--broker", "amqps://127.0.0.1/", "--broker-ca", "nowhere.pem")]
    [InlineData("write amqps", "--broker-ca", "nowhere.pem")]
    [InlineData("cannot be read", "--broker-credentials", "nowhere.txt")]
    [InlineData("cannot be read", "--api-token-file", "nowhere.txt")]
    [InlineData("holds a user or password", "--broker", "amqp://user:canary-secret-9876543210@broker.example/")]
    [InlineData("Nothing says who speaks to the broker", "--broker", "amqp://broker.example/")]
    [InlineData("The broker's URL is none", "--broker", "canary-secret-9876543210")]
    public void Silo_Nonsense_Exits2WithASentenceAndNoCredentials(string hint, params string[] options)
    {
        string[] broker = options.Contains("--broker") ? [] : ["--broker", "amqp://127.0.0.1/"];
        CommandRun run = RunSilo(_ => { }, ["--store", Store, .. broker, .. options]);
        run.ExitCode.ShouldBe(2, run.Error);
        run.Error.ShouldContain(hint);
        run.Error.ShouldNotContain(Canary);
    }

    [Fact]
    public void Silo_OfAnUnknownEngine_Exits2()
    {
        CommandRun run = CommandRun.Of("silo", "--engine", "pigeons", "--broker", "amqp://127.0.0.1/", "--store", Store, "--http", "none");
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("There is no engine 'pigeons'");
    }

    [SkippableFact]
    public void Silo_OnOrleansWhereThatIsNotBuilt_Exits2AndSaysHowToHaveIt()
    {
        Skip.If(OrleansParts.Built, "this build has the engine");
        CommandRun run = CommandRun.Of("silo", "--engine", "orleans", "--store", Store, "--http", "none");
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("docs/orleans.md");
        Directory.Exists(Store).ShouldBeFalse();
    }

    [Fact]
    public void Broker_FromTheEnvironment_MayHoldItsCredentials()
    {
        string? Named(string name) => name == BrokerOptions.Variable ? $"amqps://us%40er:{Canary}%2F@broker.example:5671/lab" : null;
        var broker = BrokerOptions.Find(null, null, null, Named);
        (broker.User, broker.Secret).ShouldBe(("us@er", $"{Canary}/"));
        broker.ToString().ShouldBe("amqps://broker.example:5671/lab");
        string? Pair(string name) => name switch { BrokerCredentials.UserVariable => "other", BrokerCredentials.PasswordVariable => "word", _ => Named(name) };
        BrokerOptions.Find(null, null, null, Pair).User.ShouldBe("other");
        Should.Throw<Compute.Errors.BadInputException>(() => BrokerOptions.Find("amqp://b.example/", null, null, name => name == BrokerCredentials.UserVariable ? "other" : null)).Message.ShouldContain("set both");
        Should.Throw<Compute.Errors.BadInputException>(() => BrokerOptions.Find(null, null, null, _ => null)).Message.ShouldContain("--broker");
    }

    [Fact]
    public void List_OfAStore_ShowsSilosAndWhatTheirDevicesDo()
    {
        Say(Beacon("node7-aaaaaa", s_now), Beacon("node8-bbbbbb", s_now.AddMinutes(-5)));
        CommandRun json = Run("list", "--store", Store, "--json");
        json.ExitCode.ShouldBe(0, json.Error);
        JsonElement[] silos = [.. json.Json.GetProperty("silos").EnumerateArray()];
        silos.Select(s => (s.GetProperty("id").GetString(), s.GetProperty("state").GetString())).ShouldBe([("node7-aaaaaa", "ready"), ("node8-bbbbbb", "silent")]);
        silos[0].GetProperty("devices")[0].GetProperty("epoch").GetInt32().ShouldBe(3);
        CommandRun table = Run("list", "--store", Store);
        table.Output.ShouldContain("node7-aaaaaa");
        table.Output.ShouldContain("SpaMI on demo, epoch 3 of 200");
        table.Output.ShouldContain("idle");
    }

    [Fact]
    public void Drain_ByPrefix_AsksThatSiloAndSaysHowToSeeIt()
    {
        Say(Beacon("node7-aaaaaa", s_now), Beacon("node7-cccccc", s_now), Beacon("node8-bbbbbb", s_now.AddMinutes(-5)));
        CommandRun run = Run("drain", "node7-a", "--store", Store);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe($"node7-aaaaaa is asked to drain.{Environment.NewLine}");
        run.Error.ShouldContain("silo list --store");
        IsAsked("node7-aaaaaa").ShouldBeTrue();
        IsAsked("node7-cccccc").ShouldBeFalse();
        Run("drain", "node7", "--store", Store).Error.ShouldContain("Several silos begin with 'node7': node7-aaaaaa, node7-cccccc");
        Run("drain", "node8", "--store", Store).Error.ShouldContain("No silo that is alive");
        Run("drain", "--store", Store).ExitCode.ShouldBe(2);
        Run("drain", "node7-a", "--all", "--store", Store).ExitCode.ShouldBe(2);
        CommandRun all = Run("drain", "--all", "--store", Store);
        all.Output.ShouldContain("node7-aaaaaa was asked to drain before.");
        all.Output.ShouldContain("node7-cccccc is asked to drain.");
        all.Output.ShouldNotContain("node8");
    }

    [Fact]
    public void Dashboard_UntilStopped_ServesAStoreWithoutABroker()
    {
        Say();
        using var stop = new CancellationTokenSource();
        using var error = new CancellingWriter("it changes nothing", stop);
        CommandRun run = CommandRun.With(context => context with { Error = error, Cancellation = stop.Token }, "dashboard", "--store", Store, "--http", "127.0.0.1:0");
        run.ExitCode.ShouldBe(0, error.ToString());
        error.ToString().ShouldContain($"dashboard of {Store} at http://127.0.0.1:");
        CommandRun none = CommandRun.Of("dashboard", "--store", Store, "--http", "none");
        none.ExitCode.ShouldBe(2);
        none.Error.ShouldContain("give an address with --http");
        CommandRun missing = CommandRun.Of("dashboard", "--store", Path.Combine(_folder, "nowhere"), "--http", "127.0.0.1:0");
        missing.ExitCode.ShouldBe(2);
        Directory.Exists(Path.Combine(_folder, "nowhere")).ShouldBeFalse();
    }

    private static CommandRun Run(params string[] arguments) => CommandRun.With(context => context with { Clock = new StoppedClock() }, ["silo", .. arguments]);

    private static CommandRun RunSilo(Action<SiloEngineRequest> made, params string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        Task<SiloEngineParts> Engine(SiloEngineRequest request, CancellationToken cancellation)
        {
            made(request);
            return Task.FromResult(new SiloEngineParts(new FakeSiloEngine { Work = _ => stop.CancelAsync() }));
        }

        return CommandRun.With(context => context with { Engines = Engine, Cancellation = stop.Token }, ["silo", .. arguments]);
    }

    private static SiloBeacon Beacon(string id, DateTimeOffset said) => new()
    {
        Id = id,
        Machine = "machine",
        Program = "0",
        Engine = "rabbitmq",
        State = SiloState.Ready,
        Started = said,
        Said = said,
        MemoryLimit = 1 << 30,
        Codes = ["slice.1"],
        Devices = [new DeviceReport("cpu:0", "cpu", 1) { Grain = "training-run/1", Title = "SpaMI on demo", Epoch = 3, Epochs = 200 }, new DeviceReport("io:0", "io", 1)],
    };

    private string FileOf(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void Say(params SiloBeacon[] silos) => WithRegistry(create: true, registry =>
    {
        foreach (SiloBeacon silo in silos)
            registry.SayAsync(silo).GetAwaiter().GetResult();
        return true;
    });

    private bool IsAsked(string id) => WithRegistry(create: false, registry => registry.IsAskedToDrainAsync(id).GetAwaiter().GetResult());

    private bool WithRegistry(bool create, Func<SiloRegistry, bool> use)
    {
        IArtifactStore store = ArtifactStores.Open(Store, create);
        using var closing = store as IDisposable;
        return use(new SiloRegistry(new GrainRecords(new ContentStore(store))));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => s_now;
    }
}
