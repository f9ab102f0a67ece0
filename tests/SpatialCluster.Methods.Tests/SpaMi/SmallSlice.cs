using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Tests.SpaMi;

/// <summary>A few hundred spots with random features: enough for several tiles and chunks, small enough to train in a blink.</summary>
internal static class SmallSlice
{
    public static SpaMiInput Input(SpaMiOptions options, int spots = 300, int modalities = 2, ulong seed = 7)
    {
        using var team = new ThreadTeam(1);
        var random = new RandomStream(99);
        double[] x = [.. Enumerable.Range(0, spots).Select(_ => random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, spots).Select(_ => random.NextDouble())];
        NeighbourTable nearest = SpatialNeighbours.Nearest(new SpotCoordinates(x, y), options.Neighbours, team);
        return new SpaMiInput
        {
            Names = [.. Enumerable.Range(0, modalities).Select(m => $"modality{m}")],
            Features = [.. Enumerable.Range(0, modalities).Select(m => Features(spots, 20 + (7 * m), x, random))],
            Graphs = SpaMiGraphs.From(nearest),
            Options = options,
            Seed = seed,
        };
    }

    private static Matrix Features(int spots, int columns, double[] x, RandomStream random)
    {
        var matrix = new Matrix(spots, columns);
        for (int i = 0; i < spots; i++)
        {
            for (int j = 0; j < columns; j++)
                matrix[i, j] = (float)(random.NextGaussian() + (j % 3 == 0 && x[i] > 0.5 ? 2 : 0));
        }

        return matrix;
    }
}
