using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Benchmarks;

/// <summary>Weighted nearest neighbours of two modalities, beside the neighbour search within each that they rest on.</summary>
internal static class WnnBenchmark
{
    private const int Many = 9216, Few = 4608, Domains = 8;

    private static readonly int[] s_widths = [30, 18];

    public static void Run()
    {
        using var team = new ThreadTeam(Environment.ProcessorCount);
        MethodOptions options = MethodCatalogue.Wnn.Presets[0].Options;
        Matrix[] many = Features(Many), few = Features(Few);
        double[] seconds = Measurement.Interleaved(
            3,
            () => MethodCatalogue.Wnn.Run(Input(many), options, team, new TrainingControl()).Dispose(),
            () => MethodCatalogue.Wnn.Run(Input(few), options, team, new TrainingControl()).Dispose(),
            () => Search(many, team));
        Measurement.Print($"WNN, {Many:N0} spots × ({string.Join(" + ", s_widths)}), {team.Threads} threads", seconds[0], "s");
        Measurement.Print("  of it, 199 exact neighbours in each modality", seconds[2], "s");
        Measurement.Print($"  cost per spot, {Many:N0} ÷ {Few:N0} (all pairs are compared)", seconds[0] / Many / (seconds[1] / Few), "×");
        Measurement.Print("  forecast of its memory", MethodCatalogue.Wnn.ForecastBytes(Many, s_widths, options, team.Threads) / 1e6, "MB");
        foreach (Matrix matrix in many.Concat(few))
            matrix.Dispose();
    }

    private static void Search(Matrix[] features, ThreadTeam team)
    {
        foreach (Matrix matrix in features)
            FeatureNeighbours.Nearest(matrix, 199, FeatureMetric.Euclidean, team);
    }

    private static MethodInput Input(Matrix[] features) => new()
    {
        Names = ["rna", "protein"],
        Kinds = [ModalityKind.Rna, ModalityKind.Protein],
        Features = features,
        Coordinates = new SpotCoordinates(new double[features[0].Rows], new double[features[0].Rows]),
    };

    /// <summary>Domains that overlap, in every modality the same.</summary>
    private static Matrix[] Features(int spots)
    {
        var random = new RandomStream(3);
        Matrix[] features = [.. s_widths.Select(width => new Matrix(spots, width))];
        for (int spot = 0; spot < spots; spot++)
        {
            int domain = random.NextInt(Domains);
            foreach (Matrix matrix in features)
            {
                Span<float> row = matrix.Row(spot);
                foreach (ref float value in row)
                    value = (float)random.NextGaussian();
                row[domain] += 3;
            }
        }

        return features;
    }
}
