using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Reads MatrixMarket (<c>coordinate</c> or <c>array</c>; integer, real or pattern; plain or gzip) with the names beside it:
/// <c>features|genes|peaks|proteins|var</c> and <c>barcodes|spots|cells|obs</c> with <c>.tsv</c>, <c>.txt</c> or <c>.csv</c>, plain or
/// gzip, with or without the matrix' own prefix (<c>mob_counts.mtx.gz</c> finds <c>mob_genes.txt</c>). Of a file of features with
/// several columns the second is the name and the third the feature type, as 10x writes them. Without such files rows and columns
/// are numbered, with a warning.
/// </summary>
public static class MatrixMarketReader
{
    // Numbers instead of names: an empty row more than this, per entry, is taken for a lying size.
    private const long NamelessPerEntry = 16;
    private const long NamelessAtLeast = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="path"><c>.mtx</c> or <c>.mtx.gz</c>.</param>
    /// <param name="options">Orientation, side files and <see cref="ReadOptions.Part"/> (a feature type).</param>
    /// <returns>Spots × features.</returns>
    /// <exception cref="BadInputException">Sizes that do not fit the entries or the names, entries outside the matrix or twice in one
    /// place, something other than a finite number, spots of equal name, damaged gzip; the message names file and line.</exception>
    public static MeasurementTable Read(string path, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Layer is not null)
            throw new BadInputException($"{path} is a MatrixMarket file and has no layer '{options.Layer}'; leave --layer away, or give the file that holds it.");
        SideNames? features = ReadNames(path, options.FeatureNamesFile, SideNames.FeatureWords);
        SideNames? spots = ReadNames(path, options.SpotNamesFile, SideNames.SpotWords);
        using var lines = new LineReader(path);
        MatrixMarketHeader header = MatrixMarketHeader.Read(lines);
        bool featuresInRows = Orientation(path, header, options.FeaturesInRows, features, spots);
        int spotCount = featuresInRows ? header.Columns : header.Rows;
        int featureCount = featuresInRows ? header.Rows : header.Columns;
        CheckNames(path, "feature", features, featureCount);
        CheckNames(path, "spot", spots, spotCount);

        var assembler = new CsrAssembler(path);
        if (header.Dense)
            ReadArray(lines, header, featuresInRows, assembler);
        else
            ReadCoordinates(lines, header, featuresInRows, assembler);
        long bound = Math.Max(NamelessAtLeast, NamelessPerEntry * assembler.Count);
        if ((features is null && featureCount > bound) || (spots is null && spotCount > bound))
            throw new BadInputException($"{path} declares {header.Rows:N0} × {header.Columns:N0} for {assembler.Count:N0} values and has no files of names beside it; the size is wrong, or features.tsv and barcodes.tsv are missing.");

        CsrMatrix values = assembler.Build(spotCount, featureCount, (spot, feature) => new BadInputException(
            $"{path}: the place ({(featuresInRows ? feature : spot) + 1:N0}, {(featuresInRows ? spot : feature) + 1:N0}) has two values; MatrixMarket allows one."));
        return Assemble(path, values, features, spots, options.Part);
    }

    private static SideNames? ReadNames(string path, string? explicitly, string[] words)
    {
        string? found = explicitly ?? SideNames.Find(path, words);
        return found is null ? null : SideNames.Read(found);
    }

    private static bool Orientation(string path, MatrixMarketHeader header, bool? said, SideNames? features, SideNames? spots)
    {
        if (said is { } explicitly)
            return explicitly;
        bool fitsAs10x = (features?.Fits(header.Rows) ?? true) && (spots?.Fits(header.Columns) ?? true);
        bool fitsTransposed = (features?.Fits(header.Columns) ?? true) && (spots?.Fits(header.Rows) ?? true);
        if (!fitsAs10x && !fitsTransposed)
        {
            throw new BadInputException(
                $"{path} is {header.Rows:N0} × {header.Columns:N0}, but {Describe(features, "features")} and {Describe(spots, "spots")}; the files do not belong together.");
        }

        return fitsAs10x;
    }

    private static string Describe(SideNames? names, string what) =>
        names is null ? $"no file names the {what}" : $"{names.Path} names {names.Lines.Count:N0} {what}";

    private static void CheckNames(string path, string what, SideNames? names, int count)
    {
        if (names?.Fits(count) == false)
            throw new BadInputException($"{path} has {count:N0} {what}s, but {names.Path} names {names.Lines.Count:N0}; the files do not belong together, or the orientation is wrong (--features-in-rows).");
    }

    private static void ReadCoordinates(LineReader lines, MatrixMarketHeader header, bool featuresInRows, CsrAssembler assembler)
    {
        long entries = 0;
        while (lines.Read(out ReadOnlySpan<byte> line))
        {
            var words = new WordReader(line);
            if (words.AtEnd || line[0] == (byte)'%')
                continue;
            if (++entries > header.Entries)
                throw new BadInputException($"{lines.Path}, line {lines.Line:N0}: the file declares {header.Entries:N0} entries and holds more; it is damaged.");
            if (!words.NextCount(out long row) || !words.NextCount(out long column))
                throw new BadInputException($"{lines.Path}, line {lines.Line:N0}: an entry starts with its row and column, two whole numbers; this line does not.");
            if (row < 1 || row > header.Rows || column < 1 || column > header.Columns)
                throw new BadInputException($"{lines.Path}, line {lines.Line:N0}: the entry ({row:N0}, {column:N0}) lies outside {header.Rows:N0} × {header.Columns:N0}; the file is damaged.");
            float value = header.Pattern ? 1 : Value(lines, ref words);
            if (!words.AtEnd)
                throw new BadInputException($"{lines.Path}, line {lines.Line:N0}: there is more on the line than {(header.Pattern ? "row and column" : "row, column and value")}.");
            if (value == 0)
                continue;
            assembler.StartRow((int)(featuresInRows ? column : row) - 1);
            assembler.Add((int)(featuresInRows ? row : column) - 1, value);
        }

        if (entries < header.Entries)
            throw new BadInputException($"{lines.Path} declares {header.Entries:N0} entries and ends after {entries:N0}; it is incomplete.");
    }

    private static void ReadArray(LineReader lines, MatrixMarketHeader header, bool featuresInRows, CsrAssembler assembler)
    {
        long place = 0;
        while (lines.Read(out ReadOnlySpan<byte> line))
        {
            var words = new WordReader(line);
            while (!words.AtEnd)
            {
                if (place == header.Entries)
                    throw new BadInputException($"{lines.Path}, line {lines.Line:N0}: the file declares {header.Rows:N0} × {header.Columns:N0} values and holds more; it is damaged.");
                float value = Value(lines, ref words);
                (long column, long row) = Math.DivRem(place++, header.Rows);
                if (value == 0)
                    continue;
                assembler.StartRow((int)(featuresInRows ? column : row));
                assembler.Add((int)(featuresInRows ? row : column), value);
            }
        }

        if (place < header.Entries)
            throw new BadInputException($"{lines.Path} declares {header.Entries:N0} values and ends after {place:N0}; it is incomplete.");
    }

    private static float Value(LineReader lines, ref WordReader words)
    {
        if (!words.Next(out ReadOnlySpan<byte> word) || !NumberText.TryParse(word, out double value))
            throw new BadInputException($"{lines.Path}, line {lines.Line:N0}: the value is not a number.");
        return float.IsFinite((float)value)
            ? (float)value
            : throw new BadInputException($"{lines.Path}, line {lines.Line:N0}: the value is not finite in single precision.");
    }

    private static MeasurementTable Assemble(string path, CsrMatrix values, SideNames? features, SideNames? spots, string? part)
    {
        var warnings = new List<string>();
        string[] spotNames = spots?.Field(values.Rows, 0) ?? UniqueNames.Numbered(values.Rows);
        string[] featureNames = features?.Field(values.Columns, 1) ?? UniqueNames.Numbered(values.Columns);
        if (spots is null)
            warnings.Add($"{path} has no file of spot names beside it: spots are named 0 … {values.Rows - 1}.");
        if (features is null)
            warnings.Add($"{path} has no file of feature names beside it: features are named 0 … {values.Columns - 1}.");
        if (UniqueNames.FindDuplicate(spotNames) is { } twice)
            throw new BadInputException($"{spots!.Path}: the spot name '{spotNames[twice.First]}' stands at places {twice.First + 1:N0} and {twice.Second + 1:N0}; spot names must differ.");
        string[] types = features?.Lines.All(line => line.Length >= 3) == true ? features.Field(values.Columns, 2) : [];
        (int changed, string? example) = UniqueNames.Make(featureNames);
        if (changed > 0)
            warnings.Add($"{features!.Path}: {changed:N0} feature names occur more than once ('{example}'); they were made unique with -1, -2, ….");
        var table = new MeasurementTable
        {
            Source = path,
            SpotNames = spotNames,
            FeatureNames = featureNames,
            Values = values,
            FeatureTypes = types,
            Warnings = warnings,
        };
        return part is null ? table : FeatureTypeSelection.Take(table, part);
    }
}
