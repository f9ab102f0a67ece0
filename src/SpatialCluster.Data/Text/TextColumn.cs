using System.Globalization;

namespace SpatialCluster.Data.Text;

/// <summary>A named column of text to be written.</summary>
public sealed class TextColumn
{
    private readonly Func<int, string> _cell;

    private TextColumn(string name, int rows, Func<int, string> cell)
    {
        Name = name;
        Rows = rows;
        _cell = cell;
    }

    /// <summary>The header.</summary>
    public string Name { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The text of one row.</summary>
    /// <param name="row">0 … Rows−1.</param>
    public string this[int row] => _cell(row);

    /// <summary>Text as it is.</summary>
    /// <param name="name">The header.</param>
    /// <param name="cells">One per row.</param>
    public static TextColumn Of(string name, IReadOnlyList<string> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return new TextColumn(name, cells.Count, row => cells[row]);
    }

    /// <summary>Whole numbers.</summary>
    /// <param name="name">The header.</param>
    /// <param name="values">One per row.</param>
    public static TextColumn Of(string name, int[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TextColumn(name, values.Length, row => values[row].ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Single-precision numbers, with as few digits as give the same number back.</summary>
    /// <param name="name">The header.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="value">The number of a row, such as one column of a matrix.</param>
    public static TextColumn Of(string name, int rows, Func<int, float> value) =>
        new(name, rows, row => value(row).ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Double-precision numbers, with as few digits as give the same number back.</summary>
    /// <param name="name">The header.</param>
    /// <param name="values">One per row.</param>
    public static TextColumn Of(string name, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new TextColumn(name, values.Length, row => values[row].ToString("R", CultureInfo.InvariantCulture));
    }
}
