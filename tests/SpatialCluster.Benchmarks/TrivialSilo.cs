using System.Globalization;
using System.Runtime.InteropServices;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.Benchmarks;

/// <summary>A silo of trivial grains, as a child process.</summary>
internal static class TrivialSilo
{
    /// <summary>Runs until the process is asked to end; tells how many calls of the store it made.</summary>
    /// <param name="broker">Its URL.</param>
    /// <param name="store">Where it is.</param>
    /// <param name="slots">Grains at a time.</param>
    public static async Task RunAsync(string broker, string store, string slots)
    {
        int calls = 0;
        var records = new GrainRecords(new ContentStore(MeasuredArtifactStore.Of(ArtifactStores.Open(store, create: false), _ => Interlocked.Increment(ref calls))));
        string scope = await StoreIdentity.OfAsync(records.Store).ConfigureAwait(false);
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        var rabbit = new RabbitBroker(BrokerOptions.Find(broker, null, null, Environment.GetEnvironmentVariable), scope);
        await using (rabbit.ConfigureAwait(false))
        {
            await rabbit.ConnectAsync(stop.Token).ConfigureAwait(false);
            var settings = new SiloSettings
            {
                Id = $"bench-{Environment.ProcessId}",
                Program = "benchmark",
                Devices = [.. Enumerable.Range(0, int.Parse(slots, CultureInfo.InvariantCulture)).Select(slot => new CpuDevice($"cpu:{slot}", Lane.Cpu, 1))],
                MemoryLimit = long.MaxValue,
                Log = Console.Error.WriteLine,
            };
            var silo = new RabbitSilo(new GrainRunner(records, [new TrivialGrains()], new GrainRunnerOptions()), new CampaignStore(records), rabbit, scope, settings, _ => new SilentObserver());
            await using (silo.ConfigureAwait(false))
            {
                ChildProcess.Tell("ready", 1);
                await silo.RunAsync(stop.Token).ConfigureAwait(false);
                ChildProcess.Tell("calls", calls);
            }
        }
    }
}
