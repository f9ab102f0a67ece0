using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.AnnData;

/// <summary>Reads where spots lie.</summary>
internal static class SpatialPlaces
{
    private static readonly string[] s_names = ["spatial", "X_spatial"];

    /// <summary>The places in <c>obsm/spatial</c>, or null where there are none.</summary>
    public static SpotCoordinates? Read(H5Group group, IReadOnlyList<string> spots, List<string> warnings)
    {
        using H5Group? embeddings = group.FindGroup("obsm");
        foreach (string name in s_names)
        {
            if (embeddings?.FindDataset(name) is not { } dataset)
                continue;
            using (dataset)
                return FromTable(dataset, spots, warnings);
        }

        return null;
    }

    /// <summary>The first two columns of a table with one row per spot.</summary>
    public static SpotCoordinates? FromTable(H5Dataset dataset, IReadOnlyList<string> spots, List<string> warnings)
    {
        var table = new H5Matrix<double>(dataset);
        if (table.Rows != spots.Count)
            throw new BadInputException($"{dataset} has {table.Rows} rows for {spots.Count} spots; write the file anew so that they agree.");
        if (table.Columns < 2)
        {
            warnings.Add($"{dataset} has {table.Columns} columns where x and y belong, and was left out.");
            return null;
        }

        var x = new double[table.Rows];
        var y = new double[table.Rows];
        table.ForEachRowBlock(2, (first, rows, block) =>
        {
            ReadOnlySpan<double> values = block.Span;
            for (int i = 0; i < rows; i++)
            {
                x[first + i] = values[2 * i];
                y[first + i] = values[(2 * i) + 1];
            }
        });
        for (int i = 0; i < x.Length; i++)
        {
            if (double.IsFinite(x[i]) && double.IsFinite(y[i]))
                continue;
            warnings.Add($"{dataset}: the place of spot '{spots[i]}' is no number; the coordinates were left out.");
            return null;
        }

        return new SpotCoordinates(x, y);
    }
}
