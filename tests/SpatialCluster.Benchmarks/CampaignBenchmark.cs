using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.Local;

namespace SpatialCluster.Benchmarks;

/// <summary>
/// What a campaign costs beside its work: grains that do nothing, on a store in the folder for temporary files, beside as many
/// files written and flushed; then the demo campaign (<see cref="DemoCampaign"/>).
/// </summary>
internal static class CampaignBenchmark
{
    // Enough for a median over rounds; few enough that folders do not grow beyond those of a campaign.
    private const int Grains = 200, Rounds = 5;

    // What a grain writes durably: its claim, its output, its metrics, its result, and the claim given back.
    private const int FilesPerGrain = 5;

    private static readonly LocalEngineOptions s_oneSlot = new() { Slots = 1, ThreadsPerSlot = 1, MemoryLimit = long.MaxValue };

    public static void Run()
    {
        Trivial();
        DemoCampaign.Run();
    }

    private static void Trivial()
    {
        using var folder = new TemporaryFolder();
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(folder["store"], create: true);
        var records = new GrainRecords(new ContentStore(store));
        var campaigns = new CampaignStore(records);
        int cores = Environment.ProcessorCount, first = 0, put = 0;
        CampaignPlan plan = Submit(campaigns, first);
        double[] seconds = Measurement.Interleaved(
            Rounds,
            () => plan = Submit(campaigns, first += Grains),
            () => Execute(records, plan, s_oneSlot),
            () => Execute(records, plan, s_oneSlot),
            () => Submit(campaigns, first += Grains),
            () => Execute(records, TrivialGrains.Campaign(first, Grains).Plan, s_oneSlot with { Slots = cores }),
            () => WriteFiles(folder.Path, Grains * FilesPerGrain),
            () => Put(store, put++));
        double each = seconds[1] / Grains * 1e3;
        Measurement.Print("trivial grain (puts 1 kB), one slot: claim to released", each, "ms", "≤ 50", each <= 50);
        Measurement.Print($"  with {cores} slots: wall time per grain", seconds[4] / Grains * 1e3, "ms");
        Measurement.Print("  its submission (plan, spec)", seconds[0] / Grains * 1e3, "ms");
        Measurement.Print("  the same again: every result found", seconds[2] / Grains * 1e3, "ms");
        Measurement.Print($"  {FilesPerGrain} files of 1 kB written and flushed, with no names to protect", seconds[5] / Grains * 1e3, "ms");
        Measurement.Print($"  {FilesPerGrain} artifacts of 1 kB put into the store", seconds[6] / Grains * 1e3, "ms");
        Measurement.Print("trivial grain ÷ flushed files", seconds[1] / seconds[5], "×");
        Measurement.Print("trivial grain ÷ put artifacts", seconds[1] / seconds[6], "×");
    }

    private static CampaignPlan Submit(CampaignStore campaigns, int first)
    {
        (CampaignPlan plan, Dictionary<GrainKey, GrainSpec> specs) = TrivialGrains.Campaign(first, Grains);
        campaigns.SubmitAsync(plan, specs, "version: 1\n"u8.ToArray()).GetAwaiter().GetResult();
        return plan;
    }

    private static void Execute(GrainRecords records, CampaignPlan plan, LocalEngineOptions options)
    {
        // Records of its own remember no results: what is found is read from the store.
        var runner = new GrainRunner(new GrainRecords(records.Content), [new TrivialGrains()], new GrainRunnerOptions());
        var observer = new SilentObserver();
        var engine = new LocalEngine(runner, options);
        engine.RunAsync(plan, observer, CancellationToken.None).GetAwaiter().GetResult();
        engine.DisposeAsync().AsTask().GetAwaiter().GetResult();
        observer.Require();
    }

    private static void WriteFiles(string folder, int count)
    {
        byte[] bytes = new byte[TrivialGrains.Bytes];
        for (int i = 0; i < count; i++)
        {
            using var file = new FileStream(Path.Combine(folder, "plain"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
    }

    private static void Put(FileSystemArtifactStore store, int round)
    {
        byte[] bytes = new byte[TrivialGrains.Bytes];
        for (int i = 0; i < Grains; i++)
        {
            for (int file = 0; file < FilesPerGrain; file++)
                store.PutIfAbsentAsync(new ArtifactName($"put/{round}/{i}/{file}"), (stream, stop) => stream.WriteAsync(bytes, stop).AsTask()).GetAwaiter().GetResult();
        }
    }
}
