using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Data.Loading;
using SpatialCluster.Methods.Integration;

namespace SpatialCluster.Cli.Integration;

/// <summary>What an integration found, for those who write it down.</summary>
internal sealed record IntegrationOutcome
{
    public required IntegrationRequest Request { get; init; }

    public required LoadedSlice Loaded { get; init; }

    /// <summary>The options that held: <see cref="IntegrationRequest.Options"/>, fitted to the slice.</summary>
    public required IntegrationOptions Options { get; init; }

    public required IntegrationResult Result { get; init; }

    /// <summary>How the domains agree with the truth; null where none is known.</summary>
    public required ClusteringAgreement? Agreement { get; init; }

    public required IReadOnlyList<InputFile> Inputs { get; init; }

    /// <summary>What the input, options and seed determine.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What happened in this very run.</summary>
    public required IReadOnlyList<string> RunNotes { get; init; }

    public required IReadOnlyList<StageTime> Times { get; init; }

    public double? FinalLoss => Result.Trained.Losses is { } losses && double.IsFinite(losses.Last) ? losses.Last : null;

    public double TrainSeconds => Result.Times.Where(t => t.Stage == "train").Sum(t => t.Seconds);

    /// <summary>Names of the domains, the largest first: <c>0</c>, <c>1</c>, …</summary>
    public IReadOnlyList<string> DomainNames => [.. Enumerable.Range(0, Result.Domains.Count).Select(d => d.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
