using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Text;

/// <summary>The banner and the size line of a MatrixMarket file.</summary>
/// <param name="Rows">Declared rows.</param>
/// <param name="Columns">Declared columns.</param>
/// <param name="Entries">Declared entries; for a dense array rows × columns.</param>
/// <param name="Dense"><c>array</c> rather than <c>coordinate</c>.</param>
/// <param name="Pattern">Entries have no value: each stands for 1.</param>
internal sealed record MatrixMarketHeader(int Rows, int Columns, long Entries, bool Dense, bool Pattern)
{
    /// <summary>Reads up to and with the size line.</summary>
    public static MatrixMarketHeader Read(LineReader lines)
    {
        string path = lines.Path;
        if (!lines.Read(out ReadOnlySpan<byte> line))
            throw new BadInputException($"{path} is empty; a MatrixMarket file starts with %%MatrixMarket.");
        string[] banner = FieldReader.Decode(line[..Math.Min(line.Length, 200)]).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (banner is not ["%%matrixmarket", "matrix", _, _, _])
            throw new BadInputException($"{path}, line 1: a MatrixMarket file starts with '%%MatrixMarket matrix …', this one does not.");
        bool dense = banner[2] switch
        {
            "coordinate" => false,
            "array" => true,
            _ => throw new BadInputException($"{path}, line 1: the format '{banner[2]}' is unknown; MatrixMarket has coordinate and array."),
        };
        if (banner[3] is not ("integer" or "real" or "double" or "pattern" or "unsigned-integer") || (dense && banner[3] == "pattern"))
            throw new BadInputException($"{path}, line 1: values of the type '{banner[3]}' are no counts; write integer, real or pattern.");
        if (banner[4] != "general")
            throw new BadInputException($"{path}, line 1: a '{banner[4]}' matrix is not one of spots and features; write it as general.");

        while (lines.Read(out line))
        {
            if (line[0] == (byte)'%')
                continue;
            var sizes = new WordReader(line);
            if (!sizes.NextCount(out long rows) || !sizes.NextCount(out long columns))
                throw BadSizes(lines);
            long entries = rows * columns;
            if (!dense && !sizes.NextCount(out entries))
                throw BadSizes(lines);
            if (!sizes.AtEnd || rows is < 1 or >= int.MaxValue || columns is < 1 or >= int.MaxValue)
                throw BadSizes(lines);
            if (entries > rows * columns)
                throw new BadInputException($"{path}, line {lines.Line:N0}: {entries:N0} entries do not fit {rows:N0} × {columns:N0}; the file is damaged.");
            return new MatrixMarketHeader((int)rows, (int)columns, entries, dense, banner[3] == "pattern");
        }

        throw new BadInputException($"{path} ends before the line with its sizes; the file is incomplete.");
    }

    private static BadInputException BadSizes(LineReader lines) =>
        new($"{lines.Path}, line {lines.Line:N0}: the size line is not 'rows columns entries' with positive whole numbers below 2³¹.");
}
