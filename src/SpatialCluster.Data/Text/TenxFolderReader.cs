using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Reads a folder as 10x writes it: <c>matrix.mtx[.gz]</c> with <c>features|genes.tsv[.gz]</c> and <c>barcodes.tsv[.gz]</c>, or the
/// folder above with <c>filtered_feature_bc_matrix</c> in it; places from <c>spatial/tissue_positions[_list].csv</c> inside or beside.
/// </summary>
public static class TenxFolderReader
{
    private static readonly string[] s_matrices = ["matrix.mtx.gz", "matrix.mtx"];
    private static readonly string[] s_folders = [".", "filtered_feature_bc_matrix"];
    private static readonly string[] s_positions = ["tissue_positions.csv", "tissue_positions_list.csv", "tissue_positions.csv.gz", "tissue_positions_list.csv.gz"];

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">Its path.</param>
    /// <param name="options">Orientation, side files and part, as for <see cref="MatrixMarketReader"/>.</param>
    /// <returns>Spots × features, with coordinates where the folder has them for every spot.</returns>
    /// <exception cref="BadInputException">No matrix in the folder, or whatever <see cref="MatrixMarketReader"/> refuses.</exception>
    public static MeasurementTable Read(string folder, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        MeasurementTable table = MatrixMarketReader.Read(MatrixOf(folder), options);
        string? positions = FindPositions(folder);
        if (positions is null)
            return table;
        SpotPlaces places = CoordinatesReader.Read(positions, table.SpotNames);
        return Array.TrueForAll(places.Placed, placed => placed)
            ? table with { Coordinates = places.Coordinates }
            : table with { Warnings = [.. table.Warnings, $"{positions} has no place for {places.Placed.Count(placed => !placed):N0} of {table.SpotNames.Count:N0} spots and was not used; give it with --coordinates to leave those spots out."] };
    }

    /// <summary>The matrix of a folder.</summary>
    internal static string MatrixOf(string folder) =>
        s_folders.SelectMany(_ => s_matrices, (sub, name) => Path.GetFullPath(Path.Combine(folder, sub, name))).FirstOrDefault(File.Exists)
        ?? throw new BadInputException(
            $"The folder {folder} holds no matrix.mtx or matrix.mtx.gz; name the file itself, or the folder that 10x calls filtered_feature_bc_matrix.");

    /// <summary>The table of places in a folder or beside it; null where there is none.</summary>
    internal static string? FindPositions(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string[] homes = [full, Path.GetDirectoryName(full) ?? full];
        return homes.SelectMany(_ => s_positions, (home, name) => Path.Combine(home, "spatial", name)).FirstOrDefault(File.Exists);
    }
}
