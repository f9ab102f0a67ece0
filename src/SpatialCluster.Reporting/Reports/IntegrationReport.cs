using SpatialCluster.Reporting.Maps;

namespace SpatialCluster.Reporting.Reports;

/// <summary>All that a page about one training run on one slice shows. Plain data: whoever ran it fills it in.</summary>
public sealed record IntegrationReport
{
    /// <summary>The heading: usually the slice's name.</summary>
    public required string Title { get; init; }

    /// <summary>The method's name, such as <c>spami</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The preset's name, such as <c>paper/simulated</c>.</summary>
    public required string Preset { get; init; }

    /// <summary>The seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Where the spots lie.</summary>
    public required SpotPlaces Places { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<ReportModality> Modalities { get; init; }

    /// <summary>The domains found.</summary>
    public required SpotLabels Domains { get; init; }

    /// <summary>The true domains, where they are known.</summary>
    public SpotLabels? Truth { get; init; }

    /// <summary>Epochs trained; absent for methods that have none.</summary>
    public int? Epochs { get; init; }

    /// <summary>Moran's I of the domains.</summary>
    public double? Moran { get; init; }

    /// <summary>The adjusted Rand index against <see cref="Truth"/>.</summary>
    public double? AdjustedRandIndex { get; init; }

    /// <summary>Further figures for the cards at the top, such as NMI.</summary>
    public IReadOnlyList<ReportEntry> Figures { get; init; } = [];

    /// <summary>The loss and its parts over the epochs; the first is drawn as the total.</summary>
    public IReadOnlyList<LossSeries> Losses { get; init; } = [];

    /// <summary>The embedding in two dimensions.</summary>
    public EmbeddingPlot? Embedding { get; init; }

    /// <summary>The parameters of the run.</summary>
    public IReadOnlyList<ReportEntry> Parameters { get; init; } = [];

    /// <summary>How long each stage took, in order.</summary>
    public IReadOnlyList<StageTiming> Timings { get; init; } = [];

    /// <summary>The largest resident memory in MB.</summary>
    public double? PeakMemoryMegabytes { get; init; }

    /// <summary>Things worth knowing that are no errors: what loading, training and clustering remarked.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What made this result, and from what.</summary>
    public required ReportProvenance Provenance { get; init; }
}
