using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.AnnData;

/// <summary>Reads single parts of an AnnData file: embeddings and labels.</summary>
public static class AnnDataFile
{
    /// <summary>Reads a matrix of <c>obsm</c>, such as <c>X_spami</c>.</summary>
    /// <param name="path">A <c>.h5ad</c> file.</param>
    /// <param name="key">The entry of <c>obsm</c>.</param>
    /// <returns>Spots × dimensions, all finite, with the names of the spots; the caller disposes of the matrix.</returns>
    /// <exception cref="BadInputException">No such file or entry, wrong shape, or a value that is no number.</exception>
    public static SpotEmbedding ReadEmbedding(string path, string key)
    {
        using H5File file = H5File.Open(path);
        using Frame obs = Frame.Open(file.Root, "obs");
        string[] spots = obs.ReadIndex();
        UniqueNames.Require(spots, obs.Place);
        using H5Group? obsm = file.Root.FindGroup("obsm");
        using H5Dataset? dataset = obsm?.FindDataset(key);
        if (dataset is null)
        {
            string known = obsm is null || obsm.Names().Count == 0 ? "nothing" : string.Join(", ", obsm.Names());
            throw new BadInputException($"{path} has no obsm/{key}; obsm holds {known}.");
        }

        var source = new H5Matrix<float>(dataset);
        if (source.Rows != spots.Length)
            throw new BadInputException($"{dataset} has {source.Rows} rows for {spots.Length} spots; write the file anew so that they agree.");
        var values = new Matrix(source.Rows, source.Columns);
        try
        {
            source.ForEachRowBlock(source.Columns, (first, rows, block) => Copy(block.Span, first, rows, values, dataset, spots));
            return new SpotEmbedding(spots, values);
        }
        catch
        {
            values.Dispose();
            throw;
        }
    }

    /// <summary>Reads the labels that a file has for its spots, without its values.</summary>
    /// <param name="path">A <c>.h5ad</c> file.</param>
    /// <returns>The names of the spots, and every column of <c>obs</c> that holds labels.</returns>
    /// <exception cref="BadInputException">No such file, or no readable <c>obs</c>.</exception>
    public static SpotLabels ReadLabels(string path)
    {
        using H5File file = H5File.Open(path);
        using Frame obs = Frame.Open(file.Root, "obs");
        string[] spots = obs.ReadIndex();
        UniqueNames.Require(spots, obs.Place);
        return new SpotLabels(spots, AnnDataGroup.ReadAnnotations(obs, spots.Length, []));
    }

    private static void Copy(ReadOnlySpan<float> block, int first, int rows, Matrix values, H5Dataset dataset, string[] spots)
    {
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<float> row = block.Slice(i * values.Columns, values.Columns);
            if (Hdf5.Matrices.FiniteCheck.IndexOfNonFinite(row) >= 0)
                throw new BadInputException($"{dataset}: the row of spot '{spots[first + i]}' holds a value that is no number; compute the embedding anew.");
            row.CopyTo(values.Row(first + i));
        }
    }
}

/// <summary>An embedding of spots.</summary>
/// <param name="SpotNames">One name per row.</param>
/// <param name="Values">Spots × dimensions.</param>
public sealed record SpotEmbedding(IReadOnlyList<string> SpotNames, Matrix Values);

/// <summary>Labels of spots.</summary>
/// <param name="SpotNames">One name per spot.</param>
/// <param name="Annotations">The labels, in the order of the file's columns.</param>
public sealed record SpotLabels(IReadOnlyList<string> SpotNames, IReadOnlyList<SpotAnnotation> Annotations);
