using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Tests.Running;
using SpatialCluster.Engine.Orleans.Hosting;
using SpatialCluster.Engine.Orleans.Work;

namespace SpatialCluster.Engine.Orleans.Tests;

/// <summary>Silos of Orleans in this process, over a store in memory, whose grains are sums.</summary>
internal sealed class SumCluster : IAsyncDisposable
{
    private readonly List<IComputeDevice> _devices = [];

    private SumCluster(int silos, int slots, long memoryLimit, string[][]? codes)
    {
        Records = new GrainRecords(new ContentStore(new MemoryArtifactStore()));
        Campaigns = new CampaignStore(Records);
        int count = 0;
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.Options.AssumeHomogenousSilosForTesting = true;
        builder.ConfigureSilo((options, silo) =>
        {
            int number = count++;
            IComputeDevice[] devices = [.. Enumerable.Range(0, slots).Select(i => new CpuDevice($"cpu:{i}", Lane.Cpu, 1)), new CpuDevice("io:0", Lane.Io, 1)];
            _devices.AddRange(devices);
            var work = new SumWork { Codes = codes?[number] ?? [SumPlan.Code], Within = (spec, context) => Within(number, spec, context) };
            Names[number] = options.SiloName;
            Works.Add(work);
            var settings = new OrleansSiloSettings
            {
                Id = $"silo-{number}",
                Program = "test",
                Devices = devices,
                MemoryLimit = memoryLimit,
                Watch = TimeSpan.FromMilliseconds(500),
                Log = line => Log.Enqueue($"silo-{number}: {line}"),
            };
            silo.UseInMemoryReminderService();
            silo.Configure<ClusterMembershipOptions>(o => o.ProbeTimeout = TimeSpan.FromSeconds(1));
            silo.AddSpatialCluster(new GrainRunner(Records, [work], new GrainRunnerOptions { OutlivesStore = true }), settings, _ => Observer);
        });
        Cluster = builder.Build();
    }

    public InProcessTestCluster Cluster { get; }

    public GrainRecords Records { get; }

    public CampaignStore Campaigns { get; }

    public System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = new();

    public List<SumWork> Works { get; } = [];

    /// <summary>What Orleans calls the silos, by their numbers.</summary>
    public Dictionary<int, string> Names { get; } = [];

    public RecordingObserver Observer { get; } = new();

    /// <summary>Called within the work of a grain, with the number of its silo.</summary>
    public Action<int, System.Text.Json.Nodes.JsonObject, GrainContext> Within { get; set; } = (_, _, _) => { };

    public int Runs => Works.Sum(w => w.Runs);

    public static async Task<SumCluster> StartAsync(int silos, int slots = 1, long memoryLimit = long.MaxValue, string[][]? codes = null)
    {
        var cluster = new SumCluster(silos, slots, memoryLimit, codes);
        await cluster.Cluster.DeployAsync();
        await cluster.Cluster.WaitForLivenessToStabilizeAsync();
        return cluster;
    }

    /// <summary>Puts a campaign into the store.</summary>
    public async Task<CampaignPlan> SubmitAsync(string id, SumPlan sums)
    {
        await sums.StoreAsync(Records.Content);
        CampaignPlan plan = sums.Plan() with { Id = id, Name = id };
        await Records.PutAsync(StoreLayout.CampaignPlan(id), plan.ToJson());
        await Records.PutAsync(StoreLayout.CampaignDocument(id), "version: 1\n"u8.ToArray());
        return plan;
    }

    /// <summary>Has a campaign run, and follows it to its end.</summary>
    public async Task<CampaignOutcome> RunAsync(CampaignPlan plan, IGrainObserver? observer = null, CancellationToken cancellation = default)
    {
        await using var engine = new OrleansEngine(Cluster.Client, Records, TimeProvider.System);
        using var most = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        most.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            return await engine.RunAsync(plan, observer ?? new RecordingObserver(), most.Token);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested && most.IsCancellationRequested)
        {
            throw new TimeoutException($"{plan.Id} does not end. {string.Join('\n', Log)}", late);
        }
    }

    public async Task<long> SumAsync(PlannedGrain grain) => (long)(await Records.FindResultAsync(grain.Key))!.Values["sum"]!;

    public static async Task WaitAsync(Func<Task<bool>> holds, string what)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            (watch.Elapsed < TimeSpan.FromSeconds(40)).ShouldBeTrue(what);
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
        foreach (IComputeDevice device in _devices)
            device.Dispose();
    }
}
