namespace SpatialCluster.Reporting.Campaigns;

/// <summary>One training run with its evaluation: a method on a dataset with a seed.</summary>
public sealed record CampaignRun
{
    /// <summary>The dataset.</summary>
    public required CampaignDataset Dataset { get; init; }

    /// <summary>The method.</summary>
    public required CampaignMethod Method { get; init; }

    /// <summary>The seed of the training.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What became of it.</summary>
    public required CampaignRunStatus Status { get; init; }

    /// <summary>Why it failed; whole, with line ends where it has some.</summary>
    public string? Error { get; init; }

    /// <summary>The number of domains that was asked for.</summary>
    public int? DomainsWanted { get; init; }

    /// <summary>The number of domains that was found.</summary>
    public int? DomainsFound { get; init; }

    /// <summary>The resolution by which domains were found; absent for clusterers that have none.</summary>
    public double? Resolution { get; init; }

    /// <summary>Spots of each domain.</summary>
    public IReadOnlyList<int> DomainSizes { get; init; } = [];

    /// <summary>Scores by the id of the metric, those of <see cref="CampaignMetric.Known"/> or any other; NaN and null where there is none.</summary>
    public IReadOnlyDictionary<string, double?> Scores { get; init; } = new Dictionary<string, double?>();

    /// <summary>Moran's I of each domain; NaN for a domain that has none.</summary>
    public IReadOnlyList<double> MoranPerDomain { get; init; } = [];

    /// <summary>Wall-clock time in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>Processor time in seconds, all cores together.</summary>
    public double? CpuSeconds { get; init; }

    /// <summary>The largest memory in bytes.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>Epochs or iterations trained; absent for methods that have none.</summary>
    public int? Epochs { get; init; }

    /// <summary>The digest of the result.</summary>
    public string? Digest { get; init; }

    /// <summary>Things worth knowing that are no errors.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A score, if there is one.</summary>
    /// <param name="metric">The metric's id.</param>
    /// <returns>A finite number, or null.</returns>
    public double? Score(string metric) => Scores.TryGetValue(metric, out double? score) && score is { } number && double.IsFinite(number) ? number : null;
}
