using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Reads a dense matrix from CSV or TSV, plain or gzip, row by row into compressed rows; the dense whole never exists.
/// <list type="bullet">
/// <item>The separator is a tab for <c>.tsv</c> and a comma for <c>.csv</c>; where the first line has none of it, the first of tab,
/// comma, semicolon and space that it has.</item>
/// <item>The first line names the columns. It may name the column of row names, leave its name empty, or leave it out (R).</item>
/// <item>Without a column of names (the first column is of numbers and its header is no word for names) rows are named 0 … n−1. A
/// first line of numbers with repetitions is a row, not a header. Both are warned of.</item>
/// <item>Features of equal name are made unique as scanpy does (<c>name-1</c>), with a warning; spots of equal name are refused.</item>
/// </list>
/// </summary>
public static class DelimitedMatrixReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">CSV or TSV, plain or gzip.</param>
    /// <param name="options"><see cref="ReadOptions.FeaturesInRows"/> for genes × spots.</param>
    /// <returns>Spots × features.</returns>
    /// <exception cref="BadInputException">Ragged rows, something other than a finite number, spots of equal name, nothing in the
    /// file, damaged gzip; the message names file, line and column.</exception>
    public static MeasurementTable Read(string path, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Layer is not null)
            throw new BadInputException($"{path} is a text file and has no layer '{options.Layer}'; leave --layer away, or give the file that holds it.");
        if (options.Part is not null)
            throw new BadInputException($"{path} is a text file and has no part '{options.Part}'; leave --part away, or give the file that holds it.");
        bool featuresInRows = options.FeaturesInRows == true;
        using var lines = new LineReader(path);
        return new Pass(lines, featuresInRows).Run();
    }

    private sealed class Pass(LineReader lines, bool featuresInRows)
    {
        private readonly CsrAssembler _assembler = new(lines.Path);
        private readonly List<string> _rowNames = [];
        private readonly List<long> _rowLines = [];
        private readonly List<string> _warnings = [];
        private byte _delimiter;
        private string[] _columns = [];

        private string Path => lines.Path;

        public MeasurementTable Run()
        {
            if (!lines.Read(out ReadOnlySpan<byte> line))
                throw new BadInputException($"{Path} is empty; give a file with a header line and one line per spot.");
            byte[] first = line.ToArray();
            _delimiter = Delimiter.Sniff(Path, first);
            string[] header = Decode(first);
            bool more = lines.Read(out line);
            HeaderLayout layout = HeaderLayout.Of(Path, header, more ? Decode(line) : null);
            _columns = layout.ColumnNames;
            if (layout.FirstLineIsData)
            {
                _warnings.Add($"{Path} has no header line: its columns are named 0 … {_columns.Length - 1}.");
                ReadRow(first, 1, layout.HasRowNames);
            }

            while (more)
            {
                ReadRow(line, lines.Line, layout.HasRowNames);
                more = lines.Read(out line);
            }

            if (!layout.HasRowNames)
                _warnings.Add($"{Path} has no column of {(featuresInRows ? "feature" : "spot")} names: its rows are named 0 … {_rowNames.Count - 1} in file order.");
            return Finish();
        }

        private MeasurementTable Finish()
        {
            CsrMatrix read = _assembler.Build(_rowNames.Count, _columns.Length, (_, _) => new InvalidOperationException());
            string[] rows = [.. _rowNames];
            string[] spots = featuresInRows ? _columns : rows;
            string[] features = featuresInRows ? rows : _columns;
            if (UniqueNames.FindDuplicate(spots) is { } twice)
            {
                string places = featuresInRows
                    ? $"in columns {twice.First + 2:N0} and {twice.Second + 2:N0}"
                    : $"on lines {_rowLines[twice.First]:N0} and {_rowLines[twice.Second]:N0}";
                throw new BadInputException($"{Path}: the spot name '{spots[twice.First]}' stands {places}; spot names must differ.{OrientationHint(features)}");
            }

            (int changed, string? example) = UniqueNames.Make(features);
            if (changed > 0)
                _warnings.Add($"{Path}: {changed:N0} feature names occur more than once ('{example}'); they were made unique with -1, -2, ….");
            return new MeasurementTable
            {
                Source = Path,
                SpotNames = spots,
                FeatureNames = features,
                Values = featuresInRows ? read.Transpose() : read,
                Warnings = _warnings,
            };
        }

        private string OrientationHint(string[] features) =>
            UniqueNames.FindDuplicate(features) is null ? $" If features lie in rows, {(featuresInRows ? "leave --features-in-rows away" : "say --features-in-rows")}." : "";

        private string[] Decode(ReadOnlySpan<byte> line) =>
            FieldReader.DecodeAll(line, _delimiter) ?? throw BadQuotes(lines.Line);

        private BadInputException BadQuotes(long line) =>
            new($"{Path}, line {line:N0}: a quoted field is not closed before its end; each row must be one line.");

        private void ReadRow(ReadOnlySpan<byte> line, long number, bool hasName)
        {
            var fields = new FieldReader(line, _delimiter);
            string? name = null;
            if (hasName && fields.Next(out ReadOnlySpan<byte> field))
            {
                name = FieldReader.Decode(field);
                if (name.Length == 0)
                    throw new BadInputException($"{Path}, line {number:N0}: the {(featuresInRows ? "feature" : "spot")} name in the first column is empty.");
            }

            _assembler.StartRow(_rowNames.Count);
            int column = 0;
            while (fields.Next(out field))
            {
                if (column == _columns.Length)
                    throw Ragged(line, number, hasName);
                if (field.Length != 1 || field[0] != (byte)'0')
                {
                    if (!NumberText.TryParse(field, out double value) || !float.IsFinite((float)value))
                        throw NotANumber(field, number, column, hasName);
                    if ((float)value != 0)
                        _assembler.Add(column, (float)value);
                }

                column++;
            }

            if (fields.Malformed)
                throw BadQuotes(number);
            if (column < _columns.Length)
                throw Ragged(line, number, hasName);
            _rowNames.Add(name ?? _rowNames.Count.ToString());
            _rowLines.Add(number);
        }

        private BadInputException Ragged(ReadOnlySpan<byte> line, long number, bool hasName)
        {
            int expected = _columns.Length + (hasName ? 1 : 0);
            int found = FieldReader.DecodeAll(line, _delimiter)?.Length ?? 0;
            return new BadInputException($"{Path}, line {number:N0}: {found:N0} fields where {expected:N0} are expected; every row needs the same number of fields.");
        }

        private BadInputException NotANumber(ReadOnlySpan<byte> field, long number, int column, bool hasName)
        {
            string text = FieldReader.Decode(field);
            string place = $"{Path}, line {number:N0}, column {column + (hasName ? 2 : 1):N0} ({Shorten(_columns[column])})";
            if (NumberText.IsMissing(text))
                return new BadInputException($"{place}: the value is missing ({(text.Length == 0 ? "empty" : text)}); write 0 for 'none seen', or leave the row out.");
            return NumberText.TryParse(text, out _)
                ? new BadInputException($"{place}: {Shorten(text)} is not finite in single precision; give a number below 3.4e38 in magnitude.")
                : new BadInputException($"{place}: '{Shorten(text)}' is not a number; a matrix holds numbers besides its first row and column (annotations go into a file of their own).");
        }

        private static string Shorten(string text)
        {
            var clean = new StringBuilder(Math.Min(text.Length, 41));
            foreach (char letter in text.AsSpan(0, Math.Min(text.Length, 40)))
                clean.Append(char.IsControl(letter) ? '?' : letter);
            return text.Length > 40 ? clean.Append('…').ToString() : clean.ToString();
        }
    }
}
