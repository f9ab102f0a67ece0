using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Preprocessing;

/// <summary>Small modalities made of dense arrays.</summary>
internal static class Modalities
{
    public static Modality Of(ModalityKind kind, int spots, int features, ReadOnlySpan<double> dense, string prefix = "f") => new()
    {
        Name = kind.ToString().ToLowerInvariant(),
        Kind = kind,
        Counts = Sparse(spots, features, dense),
        FeatureNames = [.. Enumerable.Range(0, features).Select(j => prefix + j)],
    };

    /// <summary>Poisson-like counts with three hidden programmes, so that leading components stand apart.</summary>
    public static Modality Random(ModalityKind kind, int spots, int features, ulong seed)
    {
        var random = new RandomStream(seed);
        double[] dense = new double[spots * features];
        for (int i = 0; i < spots; i++)
        {
            double[] programme = [random.NextDouble() * 4, random.NextDouble() * 2, random.NextDouble()];
            for (int j = 0; j < features; j++)
            {
                double mean = 0.2 + (programme[j % 3] * (1 + (j % 5)));
                dense[(i * features) + j] = Math.Floor(mean * 2 * random.NextDouble());
            }
        }

        return Of(kind, spots, features, dense);
    }

    public static Modality Reordered(Modality modality, int[] spots)
    {
        int features = modality.FeatureNames.Count;
        double[] dense = Dense(modality.Counts);
        double[] moved = new double[spots.Length * features];
        for (int i = 0; i < spots.Length; i++)
            Array.Copy(dense, spots[i] * features, moved, i * features, features);
        return modality with { Counts = Sparse(spots.Length, features, moved) };
    }

    public static double[] Dense(CsrMatrix matrix)
    {
        double[] dense = new double[matrix.Rows * matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int e = 0; e < matrix.RowColumns(i).Length; e++)
                dense[(i * matrix.Columns) + matrix.RowColumns(i)[e]] = matrix.RowValues(i)[e];
        }

        return dense;
    }

    public static CsrMatrix Sparse(int spots, int features, ReadOnlySpan<double> dense)
    {
        long[] pointers = new long[spots + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < spots; i++)
        {
            for (int j = 0; j < features; j++)
            {
                if (dense[(i * features) + j] == 0)
                    continue;
                columns.Add(j);
                values.Add((float)dense[(i * features) + j]);
            }

            pointers[i + 1] = columns.Count;
        }

        return new CsrMatrix(spots, features, pointers, [.. columns], [.. values]);
    }
}
