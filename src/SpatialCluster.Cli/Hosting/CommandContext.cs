using Microsoft.AspNetCore.Routing;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Silo.Dashboard;
using SpatialCluster.Silo.Hosting;

namespace SpatialCluster.Cli.Hosting;

/// <summary>What a command has of the world around it.</summary>
internal sealed record CommandContext
{
    /// <summary>Results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Progress and errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard output as bytes, for commands whose result is no text.</summary>
    public Stream OutputStream { get; init; } = Stream.Null;

    /// <summary>A person watches <see cref="Error"/>: progress may be redrawn in place.</summary>
    public bool Interactive { get; init; }

    /// <summary>Columns of the terminal that results go to; null where they go elsewhere.</summary>
    public int? Width { get; init; }

    /// <summary>Asks the command to stop.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The clock of progress, timings and checkpoints.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The command line, as it was typed.</summary>
    public string CommandText { get; init; } = "";

    /// <summary>Makes the engines of silos.</summary>
    public Func<SiloEngineRequest, CancellationToken, Task<SiloEngineParts>> Engines { get; init; } = SiloEngineFactory.CreateAsync;

    /// <summary>Maps the dashboard over a store and, in a silo, its engine.</summary>
    public Func<GrainRecords, ISiloEngine?, Action<IEndpointRouteBuilder>>? Dashboard { get; init; } = (records, engine) => routes => DashboardEndpoints.Map(
        routes, new DashboardSource { Records = records, Campaigns = new CampaignStore(records), Silos = new SiloRegistry(records), Engine = engine });
}
