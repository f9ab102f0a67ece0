using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Maps;

/// <summary>Maps of labels: the domains that a method found, or the true ones.</summary>
public static class DomainMap
{
    /// <summary>Lays out a map of labels on the tissue; spots without a label are grey.</summary>
    /// <param name="places">Where the spots lie.</param>
    /// <param name="labels">One label per spot.</param>
    /// <param name="options">Size, title, shape; the defaults if absent.</param>
    /// <param name="matchedTo">Labels of the same spots whose colours are to be taken over, each by the label that overlaps it most.</param>
    /// <returns>The map, to be written as SVG or PNG.</returns>
    public static SpotMap Create(SpotPlaces places, SpotLabels labels, MapOptions? options = null, SpotLabels? matchedTo = null)
    {
        options ??= new MapOptions();
        Rgb[] colours = matchedTo is null ? LabelColours.InOrder(labels.Categories.Count) : LabelColours.Matched(labels, matchedTo);
        return Create(places, SpotGeometry.Measure(places), labels, colours, options);
    }

    internal static SpotMap Create(SpotPlaces places, SpotGeometry geometry, SpotLabels labels, Rgb[] colours, MapOptions options)
    {
        int[] counts = labels.Count();
        int missing = labels.Categories.Count;
        IReadOnlyList<LegendEntry> entries = Legend(labels, colours);
        var looks = new SpotGroup[missing + 1];
        for (int i = 0; i < missing; i++)
            looks[i] = new SpotGroup(colours[i], $"{labels.Title} {labels.Categories[i]}: {counts[i]:N0} spots");
        looks[missing] = new SpotGroup(CategoricalPalette.Missing, $"No label: {counts[missing]:N0} spots");
        int[] groups = [.. labels.Codes.Select(c => c < 0 ? missing : c)];
        string gaps = counts[missing] > 0 ? $", {counts[missing]:N0} without a label" : "";
        return new SpotMap(
            new SpotLayer(places, new MapFrame(geometry, options.LongSide, options.Shape), groups, looks),
            new CategoryLegend(labels.Title, entries),
            options,
            $"Map of {places.Count:N0} spots coloured by {labels.Title} in {labels.Categories.Count} groups{gaps}");
    }

    internal static IReadOnlyList<LegendEntry> Legend(SpotLabels labels, Rgb[] colours)
    {
        int[] counts = labels.Count();
        var entries = new List<LegendEntry>();
        for (int i = 0; i < colours.Length; i++)
            entries.Add(new LegendEntry(colours[i], labels.Categories[i], counts[i].ToString("N0")));
        if (counts[^1] > 0)
            entries.Add(new LegendEntry(CategoricalPalette.Missing, "no label", counts[^1].ToString("N0")));
        return entries;
    }
}
