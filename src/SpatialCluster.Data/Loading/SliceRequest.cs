namespace SpatialCluster.Data.Loading;

/// <summary>What to load as one slice.</summary>
public sealed record SliceRequest
{
    /// <summary>At least one; the first decides the order of the spots.</summary>
    public required IReadOnlyList<ModalityRequest> Modalities { get; init; }

    /// <summary>The slice's name; that of the first file where it is not said.</summary>
    public string? Name { get; init; }

    /// <summary>Where the coordinates come from; the first modality whose file has some where it is not said.</summary>
    public CoordinatesSource? Coordinates { get; init; }

    /// <summary>Known labels, for scores.</summary>
    public TruthSource? Truth { get; init; }

    /// <summary>Goes on when fewer than 95 % of the spots of the largest modality (or of the coordinates) match.</summary>
    public bool AllowUnmatched { get; init; }

    /// <summary>Keeps spots that the coordinates file says lie off the tissue; they are left out otherwise.</summary>
    public bool KeepOffTissue { get; init; }
}
