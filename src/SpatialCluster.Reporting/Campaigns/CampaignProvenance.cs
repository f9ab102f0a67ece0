using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Campaigns;

/// <summary>What made the results of a campaign, and from what.</summary>
public sealed record CampaignProvenance
{
    /// <summary>The version of SpatialCluster.</summary>
    public required string Version { get; init; }

    /// <summary>The command line, as it was typed.</summary>
    public string? CommandLine { get; init; }

    /// <summary>The store that holds the results.</summary>
    public string? Store { get; init; }

    /// <summary>The campaign's document, as it was read.</summary>
    public string? Document { get; init; }

    /// <summary>The digest of the campaign's document.</summary>
    public string? DocumentDigest { get; init; }

    /// <summary>The digest of the plan that it expands to.</summary>
    public string? PlanDigest { get; init; }

    /// <summary>The digest of all results together.</summary>
    public string? ResultsDigest { get; init; }

    /// <summary>What it ran on, one line per machine.</summary>
    public IReadOnlyList<string> Machines { get; init; } = [];

    /// <summary>Anything else: the engine, the backend.</summary>
    public IReadOnlyList<ReportEntry> Details { get; init; } = [];
}
