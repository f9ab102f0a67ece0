using SpatialCluster.Tests.Servers;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>A real broker, and a real server of blobs where it is wanted, for one benchmark. Disposing ends them, and every silo that was started here.</summary>
internal sealed class ClusterRig : IAsyncDisposable
{
    private readonly RabbitServer _broker = new();
    private readonly TemporaryFolder _folder = new();
    private readonly List<SiloChild> _silos = [];
    private AzuriteServer? _blobs;
    private int _stores;

    private ClusterRig()
    {
        // Silos and other children have them from here; a command line is no place for a password.
        Environment.SetEnvironmentVariable("SPATIALCLUSTER_BROKER_USER", RabbitServer.User);
        Environment.SetEnvironmentVariable("SPATIALCLUSTER_BROKER_PASSWORD", RabbitServer.Password);
    }

    /// <summary>Where the broker is.</summary>
    public string BrokerUrl => _broker.Url;

    /// <summary>The broker's process.</summary>
    public int BrokerProcess => _broker.ProcessId;

    /// <summary>Runs a benchmark on servers of its own, or says which server is missing.</summary>
    public static void Run(bool blobs, Func<ClusterRig, Task> benchmark) => RunAsync(blobs, benchmark).GetAwaiter().GetResult();

    private static async Task RunAsync(bool blobs, Func<ClusterRig, Task> benchmark)
    {
        if ((RabbitServer.Missing ?? (blobs ? AzuriteServer.SkipReason : null)) is { } missing)
        {
            Measurement.Output.WriteLine($"Left out: {missing}.");
            return;
        }

        await using var rig = new ClusterRig();
        await rig._broker.InitializeAsync().ConfigureAwait(false);
        if (blobs)
            rig._blobs = await AzuriteServer.TryStartNewAsync().ConfigureAwait(false);
        await benchmark(rig).ConfigureAwait(false);
    }

    /// <summary>The location of a new store of files.</summary>
    public string Files() => _folder[$"store{++_stores}"];

    /// <summary>The location of a new store of blobs.</summary>
    public string Blobs() => _blobs!.Location($"store{++_stores}");

    /// <summary>Starts a silo of one thread, the program itself, and waits until it is ready.</summary>
    public SiloChild StartSilo(string store, string name, string http = "none") => StartSilo(store, name, http, "rabbitmq", "--broker", BrokerUrl);

    /// <summary>Starts a silo of one thread on an engine, the program itself, and waits until it is ready.</summary>
    public SiloChild StartSilo(string store, string name, string http, params string[] engine)
    {
        SiloChild silo = SiloChild.Start(name, _folder.Path, ["silo", "--store", store, "--name", name, "--http", http, "--slots", "1", "--threads", "1", "--engine", .. engine]);
        _silos.Add(silo);
        silo.WaitFor("Ready.");
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SiloChild silo in _silos)
            silo.Dispose();
        await _broker.DisposeAsync().ConfigureAwait(false);
        if (_blobs is not null)
            await _blobs.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }
}
