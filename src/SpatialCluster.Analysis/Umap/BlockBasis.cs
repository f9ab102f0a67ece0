namespace SpatialCluster.Analysis.Umap;

/// <summary>Orthonormal columns for a tall block, apart from one direction that is known: Cholesky's QR, repeated once (Yamamoto et al., ETNA 44, 2015).</summary>
internal static class BlockBasis
{
    // Of a column's square: what is left of it when those before are taken out. Below, the column is noise and becomes zero.
    private const double Dependent = 1e-13;

    /// <summary>Orthonormalises in place.</summary>
    /// <param name="block">Rows × width.</param>
    /// <param name="width">Columns.</param>
    /// <param name="apart">A vector of length 1, one value per row, that all columns become orthogonal to.</param>
    public static void Orthonormalise(double[] block, int width, double[] apart)
    {
        var gram = new double[width * width];
        var along = new double[width];
        for (int pass = 0; pass < 2; pass++)
        {
            Products(block, width, apart, gram, along);
            Apply(block, width, apart, along, InverseFactor(gram, width));
        }
    }

    /// <summary>Products of the columns with each other, their parts along the known direction taken out.</summary>
    private static void Products(double[] block, int width, double[] apart, double[] gram, double[] along)
    {
        Array.Clear(gram);
        Array.Clear(along);
        for (int i = 0; i < apart.Length; i++)
        {
            ReadOnlySpan<double> row = block.AsSpan(i * width, width);
            for (int j = 0; j < width; j++)
            {
                along[j] += apart[i] * row[j];
                for (int k = j; k < width; k++)
                    gram[(j * width) + k] += row[j] * row[k];
            }
        }

        for (int j = 0; j < width; j++)
        {
            for (int k = j; k < width; k++)
                gram[(j * width) + k] -= along[j] * along[k];
        }
    }

    /// <summary>R⁻¹ of gram = RᵀR, upper triangles.</summary>
    private static double[] InverseFactor(double[] gram, int width)
    {
        var upper = new double[width * width];
        var inverse = new double[width * width];
        for (int j = 0; j < width; j++)
        {
            double pivot = gram[(j * width) + j];
            for (int k = 0; k < j; k++)
                pivot -= upper[(k * width) + j] * upper[(k * width) + j];
            if (!(pivot > Dependent * gram[(j * width) + j]))
                continue;
            double diagonal = Math.Sqrt(pivot);
            upper[(j * width) + j] = diagonal;
            for (int i = j + 1; i < width; i++)
            {
                double sum = gram[(j * width) + i];
                for (int k = 0; k < j; k++)
                    sum -= upper[(k * width) + j] * upper[(k * width) + i];
                upper[(j * width) + i] = sum / diagonal;
            }

            inverse[(j * width) + j] = 1 / diagonal;
            for (int i = 0; i < j; i++)
            {
                double sum = 0;
                for (int k = i; k < j; k++)
                    sum += inverse[(i * width) + k] * upper[(k * width) + j];
                inverse[(i * width) + j] = -sum / diagonal;
            }
        }

        return inverse;
    }

    private static void Apply(double[] block, int width, double[] apart, double[] along, double[] inverse)
    {
        Span<double> rest = stackalloc double[width];
        for (int i = 0; i < apart.Length; i++)
        {
            Span<double> row = block.AsSpan(i * width, width);
            for (int j = 0; j < width; j++)
                rest[j] = row[j] - (apart[i] * along[j]);
            for (int j = 0; j < width; j++)
            {
                double sum = 0;
                for (int k = 0; k <= j; k++)
                    sum += rest[k] * inverse[(k * width) + j];
                row[j] = sum;
            }
        }
    }
}
