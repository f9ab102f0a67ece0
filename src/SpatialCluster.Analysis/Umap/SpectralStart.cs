using SpatialCluster.Analysis.Communities;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Umap;

/// <summary>
/// Where a layout begins: the two leading non-trivial eigenvectors of each connected part, stretched to a square whose area goes
/// with the part's size; the parts on a spiral, the largest in the middle.
/// </summary>
internal static class SpectralStart
{
    // Half the side of the square that all spots together get, as in umap-learn.
    private const double HalfSide = 5;
    private const double Noise = 1e-4;

    // Cosine and sine of the golden angle, 2π(1 − 1/φ).
    private const double GoldenCosine = -0.73736887807831986, GoldenSine = 0.67549029426152363;

    /// <summary>x and y of each spot in turn.</summary>
    public static float[] Of(CommunityGraph graph, RandomStream random, ThreadTeam team, CancellationToken cancellation)
    {
        var places = new float[2L * graph.Nodes];
        var number = new int[graph.Nodes];
        double cosine = 1, sine = 0;
        int placed = 0;
        RandomStream noise = random.Derive("noise");
        foreach (int[] nodes in GraphPart.Split(graph))
        {
            double radius = HalfSide * Math.Sqrt((double)nodes.Length / graph.Nodes);
            double distance = placed == 0 ? 0 : radius + (HalfSide * Math.Sqrt((double)placed / graph.Nodes));
            double[] shape = Shape(graph, nodes, number, random.Derive($"part/{nodes[0]}"), team, cancellation);
            for (int i = 0; i < nodes.Length; i++)
            {
                places[2 * nodes[i]] = (float)((distance * cosine) + (radius * shape[2 * i]) + (Noise * noise.NextGaussian()));
                places[(2 * nodes[i]) + 1] = (float)((distance * sine) + (radius * shape[(2 * i) + 1]) + (Noise * noise.NextGaussian()));
            }

            placed += nodes.Length;
            (cosine, sine) = ((cosine * GoldenCosine) - (sine * GoldenSine), (cosine * GoldenSine) + (sine * GoldenCosine));
        }

        return places;
    }

    /// <summary>Two values per node, each between −1 and 1.</summary>
    private static double[] Shape(CommunityGraph graph, int[] nodes, int[] number, RandomStream random, ThreadTeam team, CancellationToken cancellation)
    {
        if (nodes.Length < EigenBlock.FewestNodes)
        {
            var scattered = new double[2 * nodes.Length];
            foreach (ref double value in scattered.AsSpan())
                value = nodes.Length == 1 ? 0 : (2 * random.NextDouble()) - 1;
            return scattered;
        }

        double[] shape = new EigenBlock(GraphPart.Of(graph, nodes, number), team).Leading(random, cancellation);
        for (int j = 0; j < 2; j++)
        {
            double least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int i = j; i < shape.Length; i += 2)
                (least, most) = (Math.Min(least, shape[i]), Math.Max(most, shape[i]));
            double scale = most > least ? 2 / (most - least) : 0;
            for (int i = j; i < shape.Length; i += 2)
                shape[i] = ((shape[i] - least) * scale) - 1;
        }

        return shape;
    }
}
