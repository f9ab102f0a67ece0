using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Methods.Integration;

/// <summary>Everything that the result of integrating a slice depends on, beside the slice.</summary>
public sealed record IntegrationOptions
{
    /// <summary>The preset that the rest started from; for the record.</summary>
    public required string Preset { get; init; }

    /// <summary>SpaMI's hyper-parameters.</summary>
    public required SpaMiOptions SpaMi { get; init; }

    /// <summary>The preprocessing of each modality, in the slice's order.</summary>
    public required IReadOnlyList<PreprocessingOptions> Preprocessing { get; init; }

    /// <summary>How domains are found.</summary>
    public required DomainOptions Domains { get; init; }

    /// <summary>Decides everything that is drawn.</summary>
    public ulong Seed { get; init; }
}
