using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;
using SpatialCluster.Methods.Wnn;

namespace SpatialCluster.Tests.Wnn;

/// <summary>A slice of made-up features: two domains, left and right, which each modality shows as clearly as it is told to.</summary>
internal static class WnnSlice
{
    public static MethodInput Input(int spots, params double[] clarity)
    {
        var random = new RandomStream(5);
        double[] x = [.. Enumerable.Range(0, spots).Select(_ => random.NextDouble())];
        return Input(x, [.. clarity.Select((clear, m) => Features(x, 5 + (3 * m), clear, random))]);
    }

    public static MethodInput Input(double[] x, Matrix[] features) => new()
    {
        Names = [.. features.Select((_, m) => $"modality{m}")],
        Kinds = [.. features.Select(_ => ModalityKind.Protein)],
        Features = features,
        Coordinates = new SpotCoordinates(x, new double[x.Length]),
        Truth = [.. x.Select(at => at > 0.5 ? 1 : 0)],
    };

    public static MethodResult Run(MethodInput input, WnnOptions? options = null, int threads = 2, ThreadTeam? own = null)
    {
        using var team = new ThreadTeam(threads);
        return new WnnMethod().Run(input, options ?? new WnnOptions(), own ?? team, new TrainingControl());
    }

    private static Matrix Features(double[] x, int columns, double clarity, RandomStream random)
    {
        var matrix = new Matrix(x.Length, columns);
        for (int spot = 0; spot < x.Length; spot++)
        {
            foreach (ref float value in matrix.Row(spot))
                value = (float)random.NextGaussian();
            matrix[spot, 0] += (float)(x[spot] > 0.5 ? clarity : -clarity);
        }

        return matrix;
    }
}
