using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Maps;

/// <summary>How a map is drawn.</summary>
public sealed record MapOptions
{
    /// <summary>The longer side of the tissue in pixels, 64 … 8192; title and legend come on top.</summary>
    public int LongSide { get; init; } = 1000;

    /// <summary>What a spot is drawn as.</summary>
    public SpotShape Shape { get; init; }

    /// <summary>A line of text above the tissue.</summary>
    public string? Title { get; init; }

    /// <summary>Whether a legend is drawn beside the tissue.</summary>
    public bool ShowLegend { get; init; } = true;

    /// <summary>The colour behind everything.</summary>
    public Rgb Background { get; init; } = new(255, 255, 255);

    /// <summary>The colour of text.</summary>
    public Rgb Ink { get; init; } = Rgb.FromNumber(0x1F2430);

    /// <summary>From how many spots on an SVG holds the spots as one embedded image rather than as shapes.</summary>
    public int RasterFrom { get; init; } = 20_001;
}
