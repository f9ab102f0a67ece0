using System.Globalization;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Hdf5;

/// <summary>
/// The table of places that Space Ranger writes into the folder <c>spatial</c>: barcode, in_tissue, array_row, array_col,
/// pxl_row_in_fullres, pxl_col_in_fullres; newer versions write a header line.
/// </summary>
internal sealed class TissuePositions
{
    private static readonly string[] s_names = ["tissue_positions.csv", "tissue_positions_list.csv"];

    private readonly string _path;
    private readonly Dictionary<string, (double X, double Y, bool InTissue)> _rows = new(StringComparer.Ordinal);

    private TissuePositions(string path)
    {
        _path = path;
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
                continue;
            string[] fields = line.Split(',');
            if (number == 1 && fields[0] == "barcode")
                continue;
            if (fields.Length < 6 || !Number(fields[4], out double y) || !Number(fields[5], out double x))
                throw new BadInputException($"{path}: line {number} is not barcode, in_tissue, row, column, pixel row, pixel column; write the table anew.");
            if (!_rows.TryAdd(fields[0], (x, y, fields[1].Trim() != "0")))
                throw new BadInputException($"{path}: line {number} repeats the barcode '{fields[0]}'; remove one of the two lines.");
        }
    }

    /// <summary>The table beside a matrix file, or null where there is none.</summary>
    public static TissuePositions? Find(string matrixPath, List<string> warnings)
    {
        if (FindFile(matrixPath) is { } path)
            return new TissuePositions(path);
        string folder = FolderOf(matrixPath);
        if (File.Exists(Path.Combine(folder, "tissue_positions.parquet")))
            warnings.Add($"{folder} holds tissue_positions.parquet, which is not read; convert it to tissue_positions.csv.");
        return null;
    }

    /// <summary>The file of the table beside a matrix file, or null where there is none.</summary>
    public static string? FindFile(string matrixPath) =>
        s_names.Select(name => Path.Combine(FolderOf(matrixPath), name)).FirstOrDefault(File.Exists);

    /// <summary>x and y in pixels of the full-resolution image, or null where a spot has no place.</summary>
    public SpotCoordinates? PlacesOf(IReadOnlyList<string> spots, List<string> warnings)
    {
        var x = new double[spots.Count];
        var y = new double[spots.Count];
        for (int i = 0; i < spots.Count; i++)
        {
            if (!_rows.TryGetValue(spots[i], out var row))
            {
                warnings.Add($"{_path} lacks the barcode '{spots[i]}'; the coordinates were left out.");
                return null;
            }

            x[i] = row.X;
            y[i] = row.Y;
        }

        return new SpotCoordinates(x, y);
    }

    /// <summary>Which spots lie under tissue, where not all do.</summary>
    public SpotAnnotation? InTissue(IReadOnlyList<string> spots, List<string> warnings)
    {
        int[] codes = [.. spots.Select(spot => _rows.TryGetValue(spot, out var row) ? (row.InTissue ? 1 : 0) : -1)];
        int outside = codes.Count(code => code == 0);
        if (outside == 0)
            return null;
        warnings.Add($"{outside} of {spots.Count} spots lie outside the tissue according to {_path}; take the filtered matrix to leave them out.");
        return new SpotAnnotation("in_tissue", codes, ["False", "True"]);
    }

    private static string FolderOf(string matrixPath) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(matrixPath)) ?? ".", "spatial");

    private static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
