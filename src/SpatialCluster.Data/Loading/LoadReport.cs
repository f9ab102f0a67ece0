namespace SpatialCluster.Data.Loading;

/// <summary>What was found while a slice was loaded.</summary>
public sealed record LoadReport
{
    /// <summary>Spots in the slice.</summary>
    public required int Spots { get; init; }

    /// <summary>Spots of some modality that another lacks; left out.</summary>
    public required int UnmatchedSpots { get; init; }

    /// <summary>Spots that have no coordinates; left out.</summary>
    public required int UnplacedSpots { get; init; }

    /// <summary>Spots that lie off the tissue; left out unless they were to be kept.</summary>
    public required int OffTissueSpots { get; init; }

    /// <summary>Spots that lie at the place of an earlier one; kept.</summary>
    public required int SpotsAtTakenPlaces { get; init; }

    /// <summary>Spots with a known label; 0 where none were asked for.</summary>
    public required int LabelledSpots { get; init; }

    /// <summary>Figures of each modality.</summary>
    public required IReadOnlyList<ModalityReport> Modalities { get; init; }

    /// <summary>What is worth telling, in the order in which it was found.</summary>
    public required IReadOnlyList<LoadNote> Notes { get; init; }
}
