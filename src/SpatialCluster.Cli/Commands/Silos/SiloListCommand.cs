using System.CommandLine;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Cli.Campaigns;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Commands.Silos;

/// <summary>Which silos there are.</summary>
internal sealed class SiloListCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly StoreOptionSet _store;
    private readonly TellingOptionSet _telling;

    public SiloListCommand(CommandContext context)
        : base("list", "Lists the silos that use a store, and what their devices do. It may be asked from anywhere.")
    {
        _context = context;
        _store = Add(new StoreOptionSet());
        _telling = Add(new TellingOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster silo list --store /mnt/results", "spatialcluster silo list --store /mnt/results --json"];

    private int Run(ParseResult result)
    {
        using var session = StoreSession.Open(_store.Location(result), create: false);
        IReadOnlyList<SiloBeacon> silos = new SiloRegistry(session.Records).ListAsync(_context.Cancellation).GetAwaiter().GetResult();
        DateTimeOffset now = _context.Clock.GetUtcNow();
        if (_telling.Json(result))
        {
            JsonOutput.Write(_context.Output, new { Silos = silos.Select(s => Told(s, now)) });
            return ExitCode.Done;
        }

        var sheet = new Sheet(_context);
        if (silos.Count == 0)
            sheet.Line($"No silo has used {session.Store.Location}.");
        else
            sheet.Table(["silo", "state", "machine", "device", "does", "dashboard"], silos.SelectMany(s => Rows(s, now)));
        return ExitCode.Done;
    }

    /// <summary>The state as people see it: what a silo said last, unless it has fallen silent.</summary>
    internal static string State(SiloBeacon silo, DateTimeOffset now) =>
        silo.State == SiloState.Left || silo.IsLive(now) ? silo.State.ToString().ToLowerInvariant() : "silent";

    private static IEnumerable<IReadOnlyList<string>> Rows(SiloBeacon silo, DateTimeOffset now)
    {
        bool first = true;
        foreach (DeviceReport? device in silo.Devices.DefaultIfEmpty())
        {
            yield return first
                ? [silo.Id, State(silo, now), silo.Machine, device?.Name ?? "", Does(device, silo.IsLive(now)), silo.Address ?? ""]
                : ["", "", "", device?.Name ?? "", Does(device, silo.IsLive(now)), ""];
            first = false;
        }
    }

    private static string Does(DeviceReport? device, bool live)
    {
        if (device is null || !live)
            return "";
        if (device.Grain is null)
            return "idle";
        string epochs = device is { Epoch: { } epoch, Epochs: { } all } ? $", epoch {epoch} of {all}" : device.Stage is { } stage ? $", {stage}" : "";
        return $"{device.Title ?? device.Grain}{epochs}";
    }

    private static object Told(SiloBeacon silo, DateTimeOffset now) => new
    {
        silo.Id,
        State = State(silo, now),
        silo.Machine,
        silo.Program,
        silo.Engine,
        silo.Started,
        silo.Said,
        MemoryLimitMb = silo.MemoryLimit >> 20,
        silo.Address,
        silo.Codes,
        silo.Devices,
    };
}
