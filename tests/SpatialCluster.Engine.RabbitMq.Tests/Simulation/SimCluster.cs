using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A store, a broker, silos and people in one simulation.</summary>
internal sealed class SimCluster
{
    public const string Scope = "sim";
    public const int MostCrashes = 3;

    public SimCluster(int seed, bool writesLog = false)
    {
        Loop = new SimLoop(seed, writesLog);
        Witness = new SimWitness(Loop);
        Broker = new SimBroker(Loop, Faults);
        Ledger = new SimLedger(Loop);
    }

    public static TimeSpan CheckpointInterval { get; } = TimeSpan.FromSeconds(5);

    public SimLoop Loop { get; }

    public SimFaults Faults { get; } = new();

    public SimWitness Witness { get; }

    public SimBroker Broker { get; }

    public SimLedger Ledger { get; }

    public MemoryArtifactStore Store { get; } = new();

    public List<SimSilo> Silos { get; } = [];

    public List<SimClient> Clients { get; } = [];

    /// <summary>The store without time and faults.</summary>
    public GrainRecords Truth => new(new ContentStore(Store));

    /// <summary>Does something on a thread without a context, on which everything that was waited for goes on at once.</summary>
    public static void Play(Action play)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    play();
                }
                catch (Exception thrown)
                {
                    failure = thrown;
                }
            },
            64 << 20);
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    public SimSilo Silo(SimSiloOptions? options = null)
    {
        var silo = new SimSilo(this, $"silo-{Silos.Count + 1}", options ?? new SimSiloOptions());
        Silos.Add(silo);
        return silo;
    }

    public SimClient Client(SimPlan plan)
    {
        plan.Store(Store, Witness);
        var client = new SimClient(this, $"client-{Clients.Count + 1}", plan);
        Clients.Add(client);
        return client;
    }

    public GrainResult? Result(PlannedGrain grain) => Truth.FindResultAsync(grain.Key).Result;

    public GrainFailure? Failure(PlannedGrain grain) => Truth.FindFailureAsync(grain.Key).Result;

    public GrainClaim? Claim(PlannedGrain grain) => Truth.FindClaimAsync(grain.Key).Result;

    public IReadOnlyList<string> Names(string prefix) => [.. Store.ListAsync(prefix).ToBlockingEnumerable().Select(i => i.Name.Value)];
}
