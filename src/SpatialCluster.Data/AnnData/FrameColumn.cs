using System.Globalization;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.AnnData;

/// <summary>A column that was read: labels with codes, or numbers.</summary>
internal sealed record FrameColumn(string Name, ColumnKind Kind)
{
    // Floating-point columns with whole numbers are labels up to here; more would be a measurement.
    private const int MostNumberedLabels = 256;

    /// <summary>Of categorical and text columns; −1 where the label is missing.</summary>
    public int[] Codes { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Of the other columns; NaN where the number is missing.</summary>
    public double[] Numbers { get; init; } = [];

    public int Length => Kind is ColumnKind.Categorical or ColumnKind.Text ? Codes.Length : Numbers.Length;

    /// <summary>A text column: the distinct texts in ordinal order are its categories.</summary>
    public static FrameColumn OfTexts(string name, IReadOnlyList<string> texts)
    {
        var distinct = new HashSet<string>(texts, StringComparer.Ordinal);
        string[] categories = [.. distinct];
        Array.Sort(categories, StringComparer.Ordinal);
        var codes = new Dictionary<string, int>(categories.Length, StringComparer.Ordinal);
        for (int i = 0; i < categories.Length; i++)
            codes.Add(categories[i], i);
        return new FrameColumn(name, ColumnKind.Text)
        {
            Codes = [.. texts.Select(text => codes[text])],
            Categories = categories,
        };
    }

    /// <summary>The column as labels, or null where it holds measurements.</summary>
    public SpotAnnotation? ToAnnotation()
    {
        if (Kind is ColumnKind.Categorical or ColumnKind.Text)
            return new SpotAnnotation(Name, Codes, Categories);
        var distinct = new HashSet<double>();
        foreach (double number in Numbers)
        {
            if (double.IsNaN(number))
                continue;
            if (number != Math.Floor(number))
                return null;
            distinct.Add(number);
            if (Kind == ColumnKind.Floating && distinct.Count > MostNumberedLabels)
                return null;
        }

        if (distinct.Count == 0)
            return null;
        double[] labels = [.. distinct];
        Array.Sort(labels);
        return new SpotAnnotation(
            Name,
            [.. Numbers.Select(number => double.IsNaN(number) ? -1 : Array.BinarySearch(labels, number))],
            [.. labels.Select(label => Kind == ColumnKind.Boolean ? Truth(label) : Text(label))]);
    }

    /// <summary>A number as a label.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Truth(double value) => value != 0 ? "True" : "False";
}
