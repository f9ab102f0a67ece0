using SpatialCluster.Reporting.Maps;

namespace SpatialCluster.Reporting.Colours;

/// <summary>Which palette colour each label of a set takes.</summary>
internal static class LabelColours
{
    public static Rgb[] InOrder(int count)
    {
        var colours = new Rgb[count];
        for (int i = 0; i < count; i++)
            colours[i] = CategoricalPalette.Colour(i);
        return colours;
    }

    /// <summary>
    /// Colours for labels drawn beside reference labels of the same spots: pairs with the largest overlap share a colour,
    /// ties by index; labels without a partner take colours that are still free.
    /// </summary>
    public static Rgb[] Matched(SpotLabels labels, SpotLabels reference)
    {
        int mine = labels.Categories.Count, theirs = reference.Categories.Count;
        var overlaps = new Dictionary<(int Mine, int Theirs), int>();
        for (int spot = 0; spot < labels.Codes.Length; spot++)
        {
            (int, int) pair = (labels.Codes[spot], reference.Codes[spot]);
            if (pair is ( >= 0, >= 0))
                overlaps[pair] = overlaps.GetValueOrDefault(pair) + 1;
        }

        var colours = new int[mine];
        Array.Fill(colours, -1);
        var taken = new bool[theirs];
        foreach (((int m, int t), _) in overlaps.OrderByDescending(o => o.Value).ThenBy(o => o.Key.Mine).ThenBy(o => o.Key.Theirs))
        {
            if (colours[m] >= 0 || taken[t])
                continue;
            colours[m] = t;
            taken[t] = true;
        }

        int free = theirs;
        return [.. colours.Select(c => CategoricalPalette.Colour(c >= 0 ? c : free++))];
    }
}
