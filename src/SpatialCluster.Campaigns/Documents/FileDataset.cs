using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>A dataset that is loaded from files.</summary>
public sealed record FileDataset
{
    /// <summary>Its modalities; their files are named as in <see cref="Files"/>.</summary>
    public required IReadOnlyList<ModalityFile> Modalities { get; init; }

    /// <summary>What each of them measures.</summary>
    public required IReadOnlyList<ModalityKind> Kinds { get; init; }

    /// <summary>Where coordinates come from, with the file's name as in <see cref="Files"/>; null for the modalities' own.</summary>
    public string? Coordinates { get; init; }

    /// <summary>Where the truth comes from, likewise; null for none.</summary>
    public string? Truth { get; init; }

    /// <summary>Goes on where fewer than 95 % of the spots match.</summary>
    public bool AllowUnmatched { get; init; }

    /// <summary>All files that loading will read.</summary>
    public required IReadOnlyList<DatasetFile> Files { get; init; }
}

/// <summary>A file of a dataset.</summary>
/// <param name="Name">What specs call it: without the folders of this machine.</param>
/// <param name="Path">Where it lies on this machine, links resolved.</param>
public sealed record DatasetFile(string Name, string Path);
