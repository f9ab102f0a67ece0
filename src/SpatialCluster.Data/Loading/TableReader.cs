using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Loading;

/// <summary>
/// The one entry for tables of measurements: asks each format in turn whether a path is of its kind; what none of them knows is read
/// as CSV or TSV.
/// </summary>
public sealed class TableReader
{
    private readonly ITableFormat[] _formats;

    /// <summary>Knows every format, read within this process.</summary>
    public static TableReader Standard { get; } = new(new Hdf5Format(Hdf5TableReader.Read));

    /// <summary>Makes a reader.</summary>
    /// <param name="formats">Formats that come before MatrixMarket, 10x folders and text.</param>
    public TableReader(params ReadOnlySpan<ITableFormat> formats) =>
        _formats = [.. formats, new TenxFolderFormat(), new MatrixMarketFormat()];

    /// <summary>Reads a file or folder.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="options">Which part of it, and how.</param>
    /// <returns>Spots × features.</returns>
    /// <exception cref="BadInputException">The file is not there or not as it should be; the message names the place in it.</exception>
    public MeasurementTable Read(string path, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (string.IsNullOrWhiteSpace(path))
            throw new BadInputException("The path of an input file is empty; name a file.");
        if (!File.Exists(path) && !Directory.Exists(path))
            throw new BadInputException($"There is no file {path}; check the path.");
        ITableFormat? format = Array.Find(_formats, f => f.Recognises(path));
        return format is null ? DelimitedMatrixReader.Read(path, options) : format.Read(path, options);
    }
}
