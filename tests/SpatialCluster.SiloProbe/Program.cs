using System.Runtime.InteropServices;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;
using SpatialCluster.SiloProbe;

// probe BROKER STORE ID SLOTS CODE…: a silo whose grains are a test's own, by codes such as probe.1; the environment has the broker's user. Says "ready" when it takes grains; SIGTERM ends it.
var records = new GrainRecords(new ContentStore(ArtifactStores.Open(args[1], create: false)));
string scope = await StoreIdentity.OfAsync(records.Store).ConfigureAwait(false);
using var stop = new CancellationTokenSource();
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    stop.Cancel();
});
var broker = new RabbitBroker(BrokerOptions.Find(args[0], null, null, Environment.GetEnvironmentVariable), scope, Console.Error.WriteLine);
await using (broker.ConfigureAwait(false))
{
    await broker.ConnectAsync(stop.Token).ConfigureAwait(false);
    var runner = new GrainRunner(records, [.. args[4..].GroupBy(code => code.Split('.')[0]).Select(kind => new ProbeWork(kind.Key, [.. kind]))], new GrainRunnerOptions { MostCrashes = 3, OutlivesStore = true });
    var settings = new SiloSettings
    {
        Id = args[2],
        Program = "probe",
        Devices = [.. Enumerable.Range(0, int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture)).Select(slot => new CpuDevice($"cpu:{slot}", Lane.Cpu, 1))],
        MemoryLimit = 1L << 40,
        Log = Console.Error.WriteLine,
    };
    var silo = new RabbitSilo(runner, new CampaignStore(records), broker, scope, settings, _ => new DeafObserver());
    await using (silo.ConfigureAwait(false))
    {
        Console.WriteLine("ready");
        await silo.RunAsync(stop.Token).ConfigureAwait(false);
    }
}

return 0;
