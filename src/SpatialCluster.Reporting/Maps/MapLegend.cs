using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Maps;

/// <summary>One line of a legend.</summary>
/// <param name="Colour">The swatch.</param>
/// <param name="Label">The name.</param>
/// <param name="Note">What follows in a quieter colour, such as a number of spots.</param>
internal readonly record struct LegendEntry(Rgb Colour, string Label, string Note);

/// <summary>What stands beside a map: labels with their colours, or the range of a colour scale.</summary>
internal abstract record MapLegend(string Title);

/// <summary>Labels with their colours.</summary>
internal sealed record CategoryLegend(string Title, IReadOnlyList<LegendEntry> Entries) : MapLegend(Title);

/// <summary>A colour scale from the smallest to the largest value.</summary>
internal sealed record ScaleLegend(string Title, double Smallest, double Largest) : MapLegend(Title);
