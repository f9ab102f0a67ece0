using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Npy;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Work;

/// <summary>What a training run left in the store.</summary>
public static class StoredRun
{
    /// <summary>Spots × width, float32; for methods that give an embedding.</summary>
    public const string Embedding = "embedding.npy";

    /// <summary>Spots × modalities, float32; for methods that weigh modalities.</summary>
    public const string Attention = "attention.npy";

    /// <summary>Epochs × (1 + terms), float64: the total, then each term without its weight.</summary>
    public const string Losses = "losses.npy";

    /// <summary>Spots × neighbours, int32; for methods that give a joint neighbourhood.</summary>
    public const string Neighbours = "neighbors.npy";

    /// <summary>Spots × neighbours, float64.</summary>
    public const string NeighbourDistances = "neighbor_distances.npy";

    /// <summary>Spots + 1 row pointers of the joint graph, int64.</summary>
    public const string GraphPointers = "graph_indptr.npy";

    /// <summary>The columns of the joint graph, int32.</summary>
    public const string GraphColumns = "graph_indices.npy";

    /// <summary>The weights of the joint graph, float32.</summary>
    public const string GraphValues = "graph_data.npy";

    /// <summary>Reads embedding, joint neighbourhood and attention; losses and weights are not read.</summary>
    /// <param name="run">The result of the run's grain.</param>
    /// <param name="open">Opens bytes of the store.</param>
    /// <returns>The result; the caller disposes it.</returns>
    public static MethodResult Load(GrainResult run, Func<ContentDigest, Stream> open)
    {
        var arrays = new StoredArrays(run, open);
        return new MethodResult
        {
            Embedding = arrays.Has(Embedding) ? arrays.Matrix(Embedding) : null,
            Neighbours = arrays.Has(Neighbours) ? Table(arrays) : null,
            Graph = arrays.Has(GraphPointers) ? Graph(arrays) : null,
            Attention = arrays.Has(Attention) ? arrays.Matrix(Attention) : null,
            Notes = [.. run.Values["notes"]!.AsArray().Select(n => (string)n!)],
        };
    }

    /// <summary>Stores what a method gave.</summary>
    /// <param name="result">What it gave.</param>
    /// <param name="context">The store.</param>
    /// <returns>The outputs.</returns>
    internal static IReadOnlyList<GrainOutput> Put(MethodResult result, GrainContext context)
    {
        var outputs = new List<GrainOutput>();
        if (result.Embedding is { } embedding)
            outputs.Add(context.Put(Embedding, stream => NpyWriter.Write(stream, embedding)));
        if (result.Attention is { } attention)
            outputs.Add(context.Put(Attention, stream => NpyWriter.Write(stream, attention)));
        if (result.Neighbours is { } table)
        {
            outputs.Add(context.Put(Neighbours, stream => NpyWriter.Write<int>(stream, table.Spots, table.Neighbours, table.Indices)));
            outputs.Add(context.Put(NeighbourDistances, stream => NpyWriter.Write<double>(stream, table.Spots, table.Neighbours, table.Distances)));
        }

        if (result.Graph is { } graph)
        {
            int nonZeros = (int)graph.NonZeros;
            outputs.Add(context.Put(GraphPointers, stream => NpyWriter.Write<long>(stream, graph.RowPointers)));
            outputs.Add(context.Put(GraphColumns, stream => NpyWriter.Write<int>(stream, graph.ColumnIndices.AsSpan(0, nonZeros))));
            outputs.Add(context.Put(GraphValues, stream => NpyWriter.Write<float>(stream, graph.Values.AsSpan(0, nonZeros))));
        }

        if (result.Losses is { } losses)
            outputs.Add(context.Put(Losses, stream => NpyWriter.Write<double>(stream, losses.Epochs, 1 + losses.Terms.Count, Flat(losses))));
        return outputs;
    }

    private static double[] Flat(LossHistory losses)
    {
        int width = 1 + losses.Terms.Count;
        var flat = new double[losses.Epochs * width];
        for (int epoch = 0; epoch < losses.Epochs; epoch++)
        {
            flat[epoch * width] = losses.Total[epoch];
            for (int term = 0; term < losses.Terms.Count; term++)
                flat[(epoch * width) + 1 + term] = losses.Term(term)[epoch];
        }

        return flat;
    }

    private static NeighbourTable Table(StoredArrays arrays)
    {
        (int spots, int neighbours, int[] indices) = arrays.Table<int>(Neighbours);
        return new NeighbourTable(spots, neighbours, indices, arrays.Table<double>(NeighbourDistances).Values);
    }

    private static CsrMatrix Graph(StoredArrays arrays)
    {
        long[] pointers = arrays.List<long>(GraphPointers);
        return new CsrMatrix(pointers.Length - 1, pointers.Length - 1, pointers, arrays.List<int>(GraphColumns), arrays.List<float>(GraphValues));
    }
}
