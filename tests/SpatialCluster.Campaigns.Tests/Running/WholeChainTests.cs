using System.Text;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Data.Npy;

namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>A small campaign from its document to its tables, all work as it is, without an engine.</summary>
[Collection(nameof(FaultPoint))]
public sealed class WholeChainTests
{
    private const string Document =
        """
        name: chain
        datasets:
          - name: drawn
            simulate: { modalities: [{ name: rna, like: rna, features: 120 }, { name: protein, like: protein, features: 30 }], grid: 12, seed: 3 }
        methods:
          - { method: spami, parameters: { epochs: 5 } }
          - wnn
          - pca
          - random
          - truth
        seeds: 2
        evaluation: { neighbors: 20, umap: first-seed }
        """;

    private static readonly Lazy<Task<Finished>> s_planned = new(() => RunAsync(1, order: null));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public async Task Run_AnyOrderAndThreads_GivesTheSameBytesForEveryGrain(int threads, int order)
    {
        Finished planned = await s_planned.Value, other = await RunAsync(threads, (ulong)order);
        other.Order.ShouldNotBe(planned.Order, "another order should be another");
        other.Order.ShouldBe(planned.Order, ignoreOrder: true);
        foreach (GrainKey key in planned.Order)
            Encoding.UTF8.GetString(other.Results[key].ToJson()).ShouldBe(Encoding.UTF8.GetString(planned.Results[key].ToJson()), key.ToString());
        (await other.Records.FindMetricsAsync(planned.Order[0]))!.Threads.ShouldBe(threads);
        foreach (GrainOutput table in planned.Report.Outputs)
            (await other.Records.Content.ReadAsync(table.Digest)).ShouldBe(await planned.Records.Content.ReadAsync(table.Digest), table.Name);
    }

    [Fact]
    public async Task Run_Controls_BoundWhatScoresCanBeReached()
    {
        Finished finished = await s_planned.Value;
        Scores(finished, "truth", "ari").ShouldBe([1, 1]);
        Scores(finished, "truth", "knn_label_agreement").ShouldAllBe(s => s > 0.99);

        // 144 spots in five domains by chance: 2,000 draws had an index of 0 ± 0.01 and at most 0.04.
        double?[] random = Scores(finished, "random", "ari");
        random.ShouldAllBe(s => Math.Abs(s!.Value) < 0.06);
        random.Distinct().Count().ShouldBe(2, "its seeds should differ");
        Scores(finished, "pca", "ari").ShouldAllBe(s => s > 0.5);
    }

    [Fact]
    public async Task Run_Wnn_IsEvaluatedAndLaidOutByItsJointGraph()
    {
        Finished finished = await s_planned.Value;
        ReportRow[] rows = [.. finished.Campaign.Rows.Where(r => r.Method == "wnn")];
        rows.Select(r => r.Evaluation).Distinct().ShouldHaveSingleItem();
        GrainResult run = finished.Results[rows[0].Run], evaluation = finished.Results[rows[0].Evaluation];
        run.Find(StoredRun.Embedding).ShouldBeNull();
        foreach (string output in (string[])[StoredRun.Neighbours, StoredRun.NeighbourDistances, StoredRun.GraphPointers, StoredRun.GraphColumns, StoredRun.GraphValues])
            run.Find(output).ShouldNotBeNull(output);
        GrainOutput umap = evaluation.Find("umap.npy").ShouldNotBeNull();
        using Stream stream = await finished.Records.Content.OpenAsync(umap.Digest);
        (int spots, int width, float[] layout) = NpyReader.ReadTable<float>(stream, umap.Bytes, "umap.npy");
        (spots, width).ShouldBe((144, 2));
        layout.ShouldAllBe(v => float.IsFinite(v));
        layout.Max().ShouldBeGreaterThan(layout.Min() + 1);
        evaluation.Values["scores"]!["asw_label"].ShouldBeNull();
        Scores(finished, "wnn", "ari").ShouldAllBe(s => s > 0.5);
    }

    [Fact]
    public async Task Run_Tables_TellEveryRowAndNothingOfMachines()
    {
        Finished finished = await s_planned.Value;
        finished.Report.Outputs.Select(o => o.Name).ShouldBe(["scores.csv", "runs.csv", "runs.jsonl", "seed_agreement.csv"], ignoreOrder: true);
        var tables = new Dictionary<string, string>();
        foreach (GrainOutput table in finished.Report.Outputs)
            tables[table.Name] = Encoding.UTF8.GetString(await finished.Records.Content.ReadAsync(table.Digest));
        Lines("runs.jsonl").ShouldBe(10);
        Lines("runs.csv").ShouldBe(1 + 10);
        Lines("scores.csv").ShouldBe(1 + (10 * DomainScores.Names.Count));

        // Two seeds of what draws: spami and random.
        Lines("seed_agreement.csv").ShouldBe(1 + 2);
        tables["runs.csv"].ShouldContain(",epochs 5,leiden,");
        tables.Values.ShouldAllBe(text => !text.Contains(Environment.MachineName, StringComparison.OrdinalIgnoreCase) && !text.Contains("cpu:"));

        int Lines(string name) => tables[name].Count('\n');
    }

    private static double?[] Scores(Finished finished, string method, string metric) =>
        [.. finished.Campaign.Rows.Where(r => r.Method == method).Select(r => (double?)finished.Results[r.Evaluation].Values["scores"]![metric])];

    private static async Task<Finished> RunAsync(int threads, ulong? order)
    {
        byte[] document = Encoding.UTF8.GetBytes(Document);
        PlannedCampaign campaign = CampaignPlanner.Plan(CampaignReader.Parse(Document, "chain.yaml", new CampaignReadOptions { Folder = "." }), new DigestOnly());
        var records = new GrainRecords(new ContentStore(new MemoryArtifactStore()));
        await new CampaignStore(records).SubmitAsync(campaign.Plan, campaign.Specs, document);
        var runner = new GrainRunner(records, GrainWorks.All, new GrainRunnerOptions());
        PlannedGrain[] grains = order is { } seed ? Shuffled(campaign.Plan.Grains, new RandomStream(seed)) : [.. campaign.Plan.Grains];
        var results = new Dictionary<GrainKey, GrainResult>();
        using var device = new CpuDevice("cpu:0", Lane.Cpu, threads);
        foreach (PlannedGrain grain in grains)
        {
            GrainOutcome outcome = await runner.RunAsync(grain, device, new RecordingObserver(), CancellationToken.None);
            outcome.State.ShouldBe(GrainState.Done, $"{grain.Title}: {outcome.Error}");
            results[grain.Key] = (await records.FindResultAsync(grain.Key)).ShouldNotBeNull();
        }

        return new Finished(campaign, records, [.. grains.Select(g => g.Key)], results);
    }

    // Any grain whose inputs are done may be next.
    private static PlannedGrain[] Shuffled(IReadOnlyList<PlannedGrain> grains, RandomStream random)
    {
        List<PlannedGrain> open = [.. grains];
        var done = new HashSet<GrainKey>();
        var order = new List<PlannedGrain>();
        while (open.Count > 0)
        {
            PlannedGrain[] ready = [.. open.Where(g => g.Inputs.All(done.Contains))];
            PlannedGrain next = ready[random.NextInt(ready.Length)];
            open.Remove(next);
            done.Add(next.Key);
            order.Add(next);
        }

        return [.. order];
    }

    private sealed record Finished(PlannedCampaign Campaign, GrainRecords Records, IReadOnlyList<GrainKey> Order, IReadOnlyDictionary<GrainKey, GrainResult> Results)
    {
        public GrainResult Report => Results[Campaign.Plan.Report];
    }
}
