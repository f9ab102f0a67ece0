using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Methods.Mofa;

/// <summary>
/// Where training starts, as in mofapy2's <c>initZ(qmean="pca")</c>: the principal components of all views side by side, each
/// stretched to [−1, 1]. They come from a subspace iteration whose random start is the seed's (the original's are randomised,
/// too), signs as in <see cref="PrincipalComponents"/>. Factors beyond the data's rank start uniformly in [−1, 1].
/// <para>Factors that are equally strong begin as mixtures, and training seldom separates them, in the original as here, although
/// the bound is higher where they are apart.</para>
/// </summary>
internal static class FactorStart
{
    private const int Iterations = 7;

    /// <summary>Directions beyond the wanted ones, which make those converge.</summary>
    public const int Surplus = 10;

    public static FactorTable Of(IReadOnlyList<CenteredView> views, int factors, RandomStream random, ThreadTeam team)
    {
        int spots = views[0].Spots, width = int.Min(factors + Surplus, views.Sum(v => v.Features));
        FactorTable[] directions = [.. views.Select(v => new FactorTable(v.Features, width))];
        foreach (FactorTable block in directions)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                foreach (ref double value in block.Row(row))
                    value = random.NextGaussian();
            }
        }

        var products = new FactorTable(spots, width);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            Project(views, directions, products, team);
            for (int m = 0; m < directions.Length; m++)
                views[m].MultiplyTransposed(products, directions[m], team);
            for (int pass = 0; pass < 2; pass++)
                Orthonormalize(directions);
        }

        Project(views, directions, products, team);
        using Matrix scores = Rotate(products, factors, team);
        return Stretch(scores, random);
    }

    private static void Project(IReadOnlyList<CenteredView> views, FactorTable[] directions, FactorTable products, ThreadTeam team)
    {
        Array.Clear(products.Values);
        for (int m = 0; m < directions.Length; m++)
            views[m].Multiply(directions[m], products, team);
    }

    /// <summary>Gram–Schmidt over the columns of all blocks; a column that depends on those before it becomes zero.</summary>
    private static void Orthonormalize(FactorTable[] blocks)
    {
        int width = blocks[0].Factors;
        var products = new double[width];
        for (int k = 0; k < width; k++)
        {
            double before = Products(blocks, k, products);
            for (int j = 0; j < k; j++)
                Subtract(blocks, k, j, products[j]);
            double after = Products(blocks, k, products);
            double factor = after > 1e-20 * before && after > 0 ? 1 / Math.Sqrt(after) : 0;
            foreach (FactorTable block in blocks)
            {
                for (int row = 0; row < block.Rows; row++)
                    block.Row(row)[k] *= factor;
            }
        }
    }

    private static double Products(FactorTable[] blocks, int column, double[] products)
    {
        Array.Clear(products);
        foreach (FactorTable block in blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                ReadOnlySpan<double> values = block.Row(row);
                for (int j = 0; j <= column; j++)
                    products[j] += values[j] * values[column];
            }
        }

        return products[column];
    }

    private static void Subtract(FactorTable[] blocks, int from, int column, double factor)
    {
        foreach (FactorTable block in blocks)
        {
            for (int row = 0; row < block.Rows; row++)
            {
                Span<double> values = block.Row(row);
                values[from] -= factor * values[column];
            }
        }
    }

    // The products span the leading components; their own components are those, in order.
    private static Matrix Rotate(FactorTable products, int factors, ThreadTeam team)
    {
        double largest = products.Values.Max(Math.Abs);
        using var narrow = new Matrix(products.Rows, products.Factors);
        for (int row = 0; row < products.Rows; row++)
        {
            ReadOnlySpan<double> from = products.Row(row);
            Span<float> to = narrow.Row(row);
            for (int j = 0; j < from.Length; j++)
                to[j] = (float)(from[j] / largest);
        }

        return PrincipalComponents.Of(narrow, factors, team).Scores;
    }

    private static FactorTable Stretch(Matrix scores, RandomStream random)
    {
        var start = new FactorTable(scores.Rows, scores.Columns);
        for (int k = 0; k < scores.Columns; k++)
        {
            double least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int row = 0; row < scores.Rows; row++)
            {
                least = Math.Min(least, scores.Row(row)[k]);
                most = Math.Max(most, scores.Row(row)[k]);
            }

            for (int row = 0; row < scores.Rows; row++)
                start.Row(row)[k] = (2 * (most > least ? (scores.Row(row)[k] - least) / (most - least) : random.NextDouble())) - 1;
        }

        return start;
    }
}
