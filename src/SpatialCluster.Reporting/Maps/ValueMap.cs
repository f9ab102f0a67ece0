using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Maps;

/// <summary>Maps of numbers, such as attention weights, in the colours of viridis.</summary>
public static class ValueMap
{
    // As many colours as a screen tells apart; spots of one colour are one path of an SVG.
    private const int Levels = 96;

    /// <summary>Lays out a map of numbers on the tissue; spots without one are grey.</summary>
    /// <param name="places">Where the spots lie.</param>
    /// <param name="values">One number per spot.</param>
    /// <param name="options">Size, title, shape; the defaults if absent.</param>
    /// <param name="range">The numbers at the ends of the colour scale; the smallest and largest if absent.</param>
    /// <returns>The map, to be written as SVG or PNG.</returns>
    public static SpotMap Create(SpotPlaces places, SpotValues values, MapOptions? options = null, (double Smallest, double Largest)? range = null) =>
        Create(places, SpotGeometry.Measure(places), values, options ?? new MapOptions(), range ?? Range([values]));

    internal static SpotMap Create(
        SpotPlaces places, SpotGeometry geometry, SpotValues values, MapOptions options, (double Smallest, double Largest) range)
    {
        double width = range.Largest - range.Smallest;
        var looks = new SpotGroup[Levels + 1];
        for (int level = 0; level < Levels; level++)
            looks[level] = new SpotGroup(SequentialColourMap.Colour((double)level / (Levels - 1)), null);
        looks[Levels] = new SpotGroup(CategoricalPalette.Missing, "No value");
        var groups = new int[values.Values.Length];
        for (int spot = 0; spot < groups.Length; spot++)
        {
            double share = width > 0 ? (values.Values[spot] - range.Smallest) / width : 0.5;
            groups[spot] = float.IsNaN(values.Values[spot]) ? Levels : (int)Math.Round(Math.Clamp(share, 0, 1) * (Levels - 1));
        }

        return new SpotMap(
            new SpotLayer(places, new MapFrame(geometry, options.LongSide, options.Shape), groups, looks),
            new ScaleLegend(values.Title, range.Smallest, range.Largest),
            options,
            $"Map of {places.Count:N0} spots coloured by {values.Title}, from {Markup.Xml.Figure(range.Smallest)} to {Markup.Xml.Figure(range.Largest)}");
    }

    internal static (double Smallest, double Largest) Range(IEnumerable<SpotValues> sets)
    {
        double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
        foreach (float value in sets.SelectMany(s => s.Values))
        {
            if (float.IsNaN(value))
                continue;
            smallest = Math.Min(smallest, value);
            largest = Math.Max(largest, value);
        }

        return smallest <= largest ? (smallest, largest) : (0, 1);
    }
}
