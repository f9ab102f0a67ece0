using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Writes tables of spots (embeddings, domains) as CSV, or TSV where the name says so, compressed where it ends in <c>.gz</c>; whole
/// or not at all.
/// </summary>
public static class TextTableWriter
{
    /// <summary>Writes a table with a header line.</summary>
    /// <param name="path">The wanted name; its folder must exist.</param>
    /// <param name="columns">From left to right, all of one length; the first is the spot names as a rule.</param>
    /// <param name="set">The files that it belongs to: it gets its name with them. Null for one on its own.</param>
    /// <exception cref="BadInputException">The folder is not there, or may not be written to.</exception>
    /// <exception cref="SpatialClusterException">Permanent: the disk is full or fails.</exception>
    public static void Write(string path, IReadOnlyList<TextColumn> columns, OutputSet? set = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0 || columns.Any(column => column.Rows != columns[0].Rows))
            throw new ArgumentException("A table needs columns, all of one length.", nameof(columns));
        bool gzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        string name = gzip ? path[..^3] : path;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? "\t" : ",",
            NewLine = "\n",
        };
        AtomicFile.Write(path, stream => WriteRows(stream, columns, gzip, configuration), set);
    }

    private static void WriteRows(Stream stream, IReadOnlyList<TextColumn> columns, bool gzip, CsvConfiguration configuration)
    {
        using Stream body = gzip ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : new BufferedStream(stream);
        using var text = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        using var csv = new CsvWriter(text, configuration);
        foreach (TextColumn column in columns)
            csv.WriteField(column.Name);
        csv.NextRecord();
        for (int row = 0; row < columns[0].Rows; row++)
        {
            foreach (TextColumn column in columns)
                csv.WriteField(column[row]);
            csv.NextRecord();
        }
    }
}
