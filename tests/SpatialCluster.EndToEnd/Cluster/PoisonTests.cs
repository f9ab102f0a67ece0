using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>Grains that end the silo that runs them, or want more memory than it has.</summary>
[Collection(ClusterCollection.Name)]
public sealed class PoisonTests(ClusterServers servers)
{
    private const int Deaths = 3;

    [SkippableFact]
    public async Task Grain_ThatEndsItsSilos_IsParkedAndTheRestIsDone()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        Spec bad = new(0, Milliseconds: 0, []) { Poison = true }, hungry = new(1, Milliseconds: 0, []) { Megabytes = 1900 };
        Spec[] good = [.. Enumerable.Range(2, 6).Select(number => new Spec(number, Milliseconds: 200, []))];
        Spec lost = new(8, Milliseconds: 0, [bad.Key, good[0].Key]), kept = new(9, Milliseconds: 0, [good[0].Key, good[1].Key]);
        Spec last = new(10, Milliseconds: 0, [bad.Key, kept.Key]);
        Spec[] all = [bad, hungry, .. good, lost, kept, last];
        CampaignPlan plan = PlanOf("poison", all, last);
        await SubmitAsync(place, plan, all);

        // A supervisor starts again what ends.
        int deaths = 0;
        using var over = new CancellationTokenSource();
        Task[] supervised = [.. new[] { "one", "two" }.Select(id => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                SiloProcess silo = StartProbe(place, id);
                while (!silo.HasExited && !over.IsCancellationRequested)
                    await Task.Delay(50);
                bool died = silo.HasExited;
                silo.Dispose();
                if (!died)
                    continue;
                silo.Log.ShouldContain("poison");
                Interlocked.Increment(ref deaths);
            }
        }))];
        try
        {
            (GrainRecords records, CampaignStore campaigns) = place.Open();
            await ClusterPlace.WaitAsync(async () => (await campaigns.ActiveAsync()).Count == 0, "the campaign does not end", TimeSpan.FromMinutes(3));
            deaths.ShouldBe(Deaths);

            (await records.FindFailureAsync(bad.Key)).ShouldNotBeNull().Message.ShouldSatisfyAllConditions(
                why => why.ShouldContain("3 processes in a row ended"), why => why.ShouldContain("memory"), why => why.ShouldContain("resume the campaign"));
            (await records.FindFailureAsync(hungry.Key)).ShouldNotBeNull().Message.ShouldSatisfyAllConditions(
                why => why.ShouldContain("Memory ran out on cpu:0"), why => why.ShouldContain("forecast to take 2,048 MiB"), why => why.ShouldContain("--memory-limit"));
            (await records.ReadAsync(StoreLayout.AttemptError(hungry.Key, 1))).ShouldNotBeNull();
            foreach (Spec without in (Spec[])[lost, last])
                (await records.FindFailureAsync(without.Key)).ShouldNotBeNull().Cause.ShouldBe(bad.Key.ToString());
            foreach (Spec done in (Spec[])[.. good, kept])
                ((int)(await records.FindResultAsync(done.Key)).ShouldNotBeNull().Values["number"]!).ShouldBe(done.Number);

            CliResult status = place.Ask("campaign", "status", "poison", "--json").ShouldSucceed();
            status.Json.GetProperty("done").GetInt32().ShouldBe(good.Length + 1);
            JsonElement[] failed = [.. status.Json.GetProperty("failed").EnumerateArray()];
            failed.Length.ShouldBe(4);
            status.Output.ShouldContain("3 processes in a row ended");
            place.Ask("campaign", "status", "poison").ShouldSucceed().Output.ShouldContain("Not tried, since 'probe 0' failed");
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(supervised);
        }
    }

    [SkippableFact]
    public async Task Grain_TooLargeForASilo_IsLeftToALargerOne()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        using SiloProcess large = SiloProcess.Start(
            place.Folder, ClusterPlace.Credentials, "silo", "--broker", servers.Broker.Url, "--store", place.Store, "--http", "none", "--name", "large", "--devices", "cpu:7", "--threads", "1", "--memory-limit", "8GB");
        large.WaitForLine("Ready.");
        place.StartSilo("small", "--memory-limit", "100KB");
        using CliProcess following = place.Submit();
        following.Finish().ShouldSucceed();
        await place.ShouldBeSoundAsync();
        (GrainRecords records, CampaignStore campaigns) = place.Open();
        PlannedGrain[] hungry = [.. (await campaigns.PlanAsync(place.Name)).Grains.Where(g => g.ForecastBytes > 100_000 && g.Lane == Lane.Cpu)];
        hungry.ShouldNotBeEmpty();
        foreach (PlannedGrain grain in hungry)
            (await records.FindMetricsAsync(grain.Key)).ShouldNotBeNull().Device.ShouldBe("cpu:7", grain.Title);
    }

    [SkippableFact]
    public async Task Grain_TooLargeForAllSilos_FailsWithASentenceAndWaitsForNobody()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        // The runtime's own limit: less than such a process takes already.
        (string, string)[] little = [("DOTNET_GCHeapHardLimit", "3000000")];
        SiloProcess[] silos = [place.StartSilo("one", little), place.StartSilo("two", little)];
        using CliProcess following = place.Submit();
        CliResult result = following.Finish();
        result.ExitCode.ShouldBe(1, result.Error);
        result.Output.ShouldContain("MiB may be had");
        silos.ShouldAllBe(silo => !silo.HasExited);
        (GrainRecords _, CampaignStore campaigns) = place.Open();
        await ClusterPlace.WaitAsync(async () => (await campaigns.ActiveAsync()).Count == 0, "the campaign does not end");
    }

    private static CampaignPlan PlanOf(string id, Spec[] specs, Spec report) => new()
    {
        Id = id,
        Name = id,
        Inputs = [],
        Report = report.Key,
        Grains = [.. specs.Select(spec => new PlannedGrain
        {
            Key = spec.Key,
            Inputs = spec.Inputs,
            Code = spec.Code,
            Lane = Lane.Cpu,
            Title = $"probe {spec.Number}",
            ForecastBytes = spec.Megabytes is null ? 1 << 20 : 2048L << 20,
            ForecastSeconds = 1,
        })],
    };

    private async Task SubmitAsync(ClusterPlace place, CampaignPlan plan, Spec[] specs)
    {
        (GrainRecords records, CampaignStore campaigns) = place.Open();
        await campaigns.SubmitAsync(plan, specs.ToDictionary(s => s.Key, s => (GrainSpec)s), "# of a test's own\n"u8.ToArray());
        string scope = await StoreIdentity.OfAsync(records.Store);
        await using var broker = new RabbitBroker(BrokerOptions.Parse(servers.Broker.Url, new BrokerCredentials(RabbitServer.User, RabbitServer.Password), null, fromCommandLine: true), scope);
        await broker.ConnectAsync(CancellationToken.None);
        await new RabbitMqEngine(broker, records, scope, TimeProvider.System).SubmitAsync(plan, CancellationToken.None);
    }

    // With at most 512 MiB of managed memory.
    private SiloProcess StartProbe(ClusterPlace place, string id) => SiloProcess.StartProgram(
        "SpatialCluster.SiloProbe.dll", place.Folder, [.. ClusterPlace.Credentials, ("DOTNET_GCHeapHardLimit", "20000000"), ("DOTNET_DbgEnableMiniDump", "0")], [servers.Broker.Url, place.Store, id, "1", "probe.1"]);

    private sealed record Spec(int Number, int Milliseconds, GrainKey[] Needs) : GrainSpec
    {
        public override string Kind => "probe";

        public override int Version => 1;

        public override IReadOnlyList<GrainKey> Inputs => Needs;

        public bool Poison { get; init; }

        public int? Megabytes { get; init; }

        protected override JsonObject Body()
        {
            var body = new JsonObject { ["number"] = Number, ["milliseconds"] = Milliseconds };
            if (Poison)
                body["poison"] = true;
            if (Megabytes is { } megabytes)
                body["megabytes"] = megabytes;
            return body;
        }
    }
}
