using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Integration;

/// <summary>Everything that the result of integrating a slice depends on, beside the slice.</summary>
public sealed record IntegrationOptions
{
    /// <summary>The preset that the rest started from; for the record.</summary>
    public required string Preset { get; init; }

    /// <summary>The method.</summary>
    public required IntegrationMethod Method { get; init; }

    /// <summary>Its hyper-parameters.</summary>
    public required MethodOptions Parameters { get; init; }

    /// <summary>The preprocessing of each modality, in the slice's order.</summary>
    public required IReadOnlyList<PreprocessingOptions> Preprocessing { get; init; }

    /// <summary>How domains are found.</summary>
    public required DomainOptions Domains { get; init; }

    /// <summary>Decides everything that is drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>The true domain of each spot, −1 where unknown: for a method with <see cref="IntegrationMethod.SeesTruth"/> alone.</summary>
    public IReadOnlyList<int>? Truth { get; init; }
}
