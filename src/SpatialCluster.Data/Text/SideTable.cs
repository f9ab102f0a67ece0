using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Text;

/// <summary>A small table of text that says something about spots: coordinates, labels. All of it is held as strings.</summary>
internal sealed class SideTable
{
    private const int RowsThatTell = 20;
    private readonly List<string[]> _rows;
    private readonly List<int> _lines;

    private SideTable(string path, string[]? header, List<string[]> rows, List<int> lines)
    {
        Path = path;
        Header = header;
        _rows = rows;
        _lines = lines;
        Width = rows.Count > 0 ? rows[0].Length : header?.Length ?? 0;
    }

    public string Path { get; }

    /// <summary>Names of the columns; null where the file has none.</summary>
    public string[]? Header { get; }

    public int Rows => _rows.Count;

    public int Width { get; }

    public string this[int row, int column] => _rows[row][column];

    /// <summary>Reads a file.</summary>
    /// <param name="path">CSV or TSV, plain or gzip.</param>
    /// <param name="isHeader">Whether the first line is a header for certain; where it says no, the lines below decide.</param>
    public static SideTable Read(string path, Func<string[], bool> isHeader)
    {
        (List<string[]> rows, List<int> lines) = ReadAll(path);
        if (rows.Count == 0)
            throw new BadInputException($"{path} is empty; give a table with one line per spot.");
        string[]? header = null;
        bool short1 = rows.Count > 1 && rows[1].Length == rows[0].Length + 1;
        if (short1 || isHeader(rows[0]) || LooksLikeHeader(rows))
        {
            // As R writes it: the header has no field for the row names.
            header = short1 ? ["", .. rows[0]] : rows[0];
            rows.RemoveAt(0);
            lines.RemoveAt(0);
        }

        if (rows.Count == 0)
            throw new BadInputException($"{path} has a header line and no rows; give a table with one line per spot.");
        int width = header?.Length ?? rows[0].Length;
        for (int r = 0; r < rows.Count; r++)
        {
            if (rows[r].Length != width)
                throw new BadInputException($"{path}, line {lines[r]:N0}: {rows[r].Length:N0} fields where {width:N0} are expected; every row needs the same number of fields.");
        }

        return new SideTable(path, header, rows, lines);
    }

    /// <summary>File and line of a row, for messages.</summary>
    public string Place(int row) => $"{Path}, line {_lines[row]:N0}";

    /// <summary>A column as messages call it.</summary>
    public string ColumnName(int column) =>
        Header is null ? $"column {column + 1}" : Header[column].Length == 0 ? $"column {column + 1} (without a name)" : $"column '{Header[column]}'";

    /// <summary>All columns as messages list them.</summary>
    public string ColumnList() =>
        Header is null ? $"{Width} columns without names" : "the columns " + string.Join(", ", Header.Select(h => $"'{h}'"));

    /// <summary>A column by its name (exact, else without case), else by its number from 1.</summary>
    public int FindColumn(string name)
    {
        int found = Header is null ? -1 : Array.IndexOf(Header, name);
        if (found < 0 && Header is not null)
            found = Array.FindIndex(Header, h => string.Equals(h, name, StringComparison.OrdinalIgnoreCase));
        if (found < 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= Width)
            found = number - 1;
        return found >= 0 ? found : throw new BadInputException($"{Path} has no column '{name}': it has {ColumnList()}.");
    }

    /// <summary>Whether every value of a column is a number.</summary>
    public bool IsNumeric(int column) => _rows.TrueForAll(row => NumberText.TryParse(row[column], out _));

    private static bool LooksLikeHeader(List<string[]> rows)
    {
        int told = Math.Min(rows.Count, RowsThatTell + 1);
        for (int c = 0; c < rows[0].Length; c++)
        {
            bool numbersBelow = told > 1;
            for (int r = 1; r < told && numbersBelow; r++)
                numbersBelow = c < rows[r].Length && NumberText.TryParse(rows[r][c], out _);
            if (numbersBelow && !NumberText.TryParse(rows[0][c], out _))
                return true;
        }

        return false;
    }

    private static (List<string[]> Rows, List<int> Lines) ReadAll(string path)
    {
        string delimiter;
        using (var first = new LineReader(path))
            delimiter = first.Read(out ReadOnlySpan<byte> line) ? ((char)Delimiter.Sniff(path, line)).ToString() : ",";
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            TrimOptions = TrimOptions.Trim,
            WhiteSpaceChars = delimiter == " " ? [] : [' '],
            IgnoreBlankLines = true,
            HasHeaderRecord = false,
            MaxFieldSize = 1 << 20,
        };
        var rows = new List<string[]>();
        var lines = new List<int>();
        using TextInput input = TextInput.Open(path);
        using var text = new StreamReader(input, Encoding.UTF8);
        using var parser = new CsvParser(text, configuration);
        try
        {
            while (parser.Read())
            {
                rows.Add(parser.Record!);
                lines.Add(parser.RawRow);
            }
        }
        catch (CsvHelperException error)
        {
            throw new BadInputException($"{path}, line {parser.RawRow:N0}: the line is no row of a table (is a quote not closed?).", error);
        }

        return (rows, lines);
    }
}
