using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Loading;

/// <summary>Tells which files make up a table of measurements, for whoever moves it to another place.</summary>
public static class TableFiles
{
    /// <summary>The files that reading a table reads, itself first where it is a file.</summary>
    /// <param name="path">A file or folder that is there, absolute.</param>
    /// <returns>
    /// Absolute paths: of a 10x folder its matrix, names and places; of a MatrixMarket file the names beside it; of an HDF5 file other
    /// than <c>.h5ad</c> and <c>.h5mu</c> the places of a <c>spatial</c> folder beside it; else the file alone.
    /// </returns>
    /// <exception cref="Compute.Errors.BadInputException">A folder without a matrix.</exception>
    public static IReadOnlyList<string> Of(string path)
    {
        if (Directory.Exists(path))
            return [.. WithNames(TenxFolderReader.MatrixOf(path)), .. TenxFolderReader.FindPositions(path) is { } positions ? (IEnumerable<string>)[positions] : []];
        if (new MatrixMarketFormat().Recognises(path))
            return WithNames(path);
        return FileHead.HasExtension(path, ".h5ad", ".h5mu") || !Hdf5TableReader.IsHdf5(path) || TissuePositions.FindFile(path) is not { } places
            ? [path]
            : [path, places];
    }

    private static string[] WithNames(string matrix) =>
        [matrix, .. new[] { SideNames.Find(matrix, SideNames.FeatureWords), SideNames.Find(matrix, SideNames.SpotWords) }.OfType<string>()];
}
