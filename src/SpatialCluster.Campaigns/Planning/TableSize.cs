using System.Globalization;
using System.IO.Compression;
using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>How large a table of measurements is, or may be.</summary>
/// <param name="Spots">Spots.</param>
/// <param name="Features">Features.</param>
/// <param name="Values">Values that take memory: non-zeros, or all where that is not known.</param>
/// <param name="Known">Whether the file tells; else it was guessed from its size and beginning.</param>
internal sealed record TableSize(long Spots, long Features, long Values, bool Known)
{
    private const int HeadBytes = 1 << 16;

    // What gzip makes of tables of small numbers, roughly.
    private const double CompressedShare = 0.2;

    /// <summary>Looks into the head of a file: HDF5 and MatrixMarket tell their size, of other texts a line tells the width and its length the height.</summary>
    /// <param name="path">A file.</param>
    /// <param name="part">The table of a file with several; null for the first.</param>
    /// <param name="featuresInRows">Whether a text file has features in rows; null where nobody says, and then MatrixMarket has them so and other text has not.</param>
    public static TableSize Of(string path, string? part, bool? featuresInRows) =>
        (Hdf5TableReader.IsHdf5(path) ? OfHdf5(path, part) : OfText(path, featuresInRows)) ?? Guess(path);

    private static TableSize? OfHdf5(string path, string? part)
    {
        try
        {
            IReadOnlyList<TableDescription> tables = Hdf5TableReader.Describe(path).Tables;
            TableDescription? table = tables.FirstOrDefault(t => t.Name == part) ?? (tables.Count > 0 ? tables[0] : null);
            return table is null ? null : new TableSize(table.Spots, table.Features, table.Matrices.Count > 0 ? table.Matrices[0].StoredValues : table.Spots * table.Features, Known: true);
        }
        catch (SpatialClusterException)
        {
            // Loading will say what is wrong with it; a forecast needs none of that.
            return null;
        }
    }

    private static TableSize? OfText(string path, bool? featuresInRows)
    {
        bool gzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string[] lines;
        try
        {
            lines = Head(path, gzip).Split('\n');
        }
        catch (InvalidDataException)
        {
            return null;
        }

        if (lines[0].StartsWith("%%MatrixMarket", StringComparison.Ordinal))
        {
            string[]? sizes = lines.FirstOrDefault(line => !line.StartsWith('%') && line.Trim().Length > 0)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (sizes is not [var first, var second, var values] || Number(first) is not { } rows || Number(second) is not { } columns || Number(values) is not { } stored)
                return null;
            return featuresInRows == false ? new TableSize(rows, columns, stored, Known: true) : new TableSize(columns, rows, stored, Known: true);
        }

        if (lines.Length < 3)
            return null;
        string[] whole = lines[1..^1];
        char delimiter = ",\t; ".MaxBy(c => whole[0].Count(d => d == c));
        long width = long.Max(1, whole[0].Count(c => c == delimiter));
        double bytes = new FileInfo(path).Length / (gzip ? CompressedShare : 1);
        long height = long.Max(1, (long)(bytes / double.Max(1, whole.Average(line => line.Length + 1))));
        return featuresInRows == true ? new TableSize(width, height, width * height, Known: false) : new TableSize(height, width, width * height, Known: false);
    }

    // Some 1,500 non-zeros of a spot, 4 bytes each where they are compressed.
    private static TableSize Guess(string path)
    {
        long values = new FileInfo(path).Length / 4 + 1;
        return new TableSize(values / 1500 + 1, 20_000, values, Known: false);
    }

    private static string Head(string path, bool gzip)
    {
        using Stream file = File.OpenRead(path);
        using Stream text = gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
        var head = new byte[HeadBytes];
        return Encoding.Latin1.GetString(head, 0, text.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
    }

    private static long? Number(string text) => long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
