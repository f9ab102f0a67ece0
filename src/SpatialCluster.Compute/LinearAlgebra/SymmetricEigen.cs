namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// All eigenvalues and eigenvectors of a small symmetric matrix: Householder reduction to tridiagonal form, then the
/// implicit QL iteration (Golub &amp; Van Loan, 4th ed., 8.3). Cubic in the size; square roots are its only functions.
/// </summary>
public sealed class SymmetricEigen
{
    private readonly int _size;
    private readonly double[] _vectors;

    private SymmetricEigen(int size, double[] values, double[] vectors)
    {
        _size = size;
        Values = values;
        _vectors = vectors;
    }

    /// <summary>The eigenvalues, falling.</summary>
    public double[] Values { get; }

    /// <summary>The unit eigenvector of <see cref="Values"/>[index]; its sign means nothing.</summary>
    public ReadOnlySpan<double> Vector(int index) => _vectors.AsSpan(index * _size, _size);

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="matrix">size × size, row-major, symmetric; used up as scratch.</param>
    /// <param name="size">Number of rows.</param>
    public static SymmetricEigen Decompose(double[] matrix, int size)
    {
        double[] diagonal = new double[size];
        double[] below = new double[size];
        double[] vectors = Tridiagonalize(matrix, size, diagonal, below);
        Diagonalize(size, diagonal, below, vectors);
        int[] order = new int[size];
        for (int i = 0; i < size; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => diagonal[a] != diagonal[b] ? diagonal[b].CompareTo(diagonal[a]) : a.CompareTo(b));
        double[] values = new double[size];
        double[] sorted = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            values[i] = diagonal[order[i]];
            Array.Copy(vectors, order[i] * size, sorted, i * size, size);
        }

        return new SymmetricEigen(size, values, sorted);
    }

    /// <summary>A = Q T Qᵀ; returns Qᵀ, and T in <paramref name="diagonal"/> and <paramref name="below"/> (below[i] couples i and i+1).</summary>
    private static double[] Tridiagonalize(double[] a, int size, double[] diagonal, double[] below)
    {
        double[] factors = new double[size];
        double[] product = new double[size];
        for (int k = 0; k < size; k++)
        {
            diagonal[k] = a[(k * size) + k];
            if (k + 1 == size)
                break;
            Span<double> x = a.AsSpan((k * size) + k + 1, size - k - 1);
            double rest = BlockKernels.Dot(x[1..], x[1..]);
            if (rest == 0)
            {
                below[k] = x[0];
                continue;
            }

            double norm = Math.Sqrt((x[0] * x[0]) + rest);
            double sigma = x[0] > 0 ? -norm : norm;
            below[k] = sigma;
            x[0] -= sigma;
            double beta = 2 / ((x[0] * x[0]) + rest);
            factors[k] = beta;
            // The trailing block: A ← A − v wᵀ − w vᵀ with w = β A v − ½ β² (vᵀ A v) v.
            Span<double> w = product.AsSpan(0, x.Length);
            for (int i = 0; i < x.Length; i++)
                w[i] = beta * BlockKernels.Dot(a.AsSpan(((k + 1 + i) * size) + k + 1, x.Length), x);
            BlockKernels.AddScaled(w, -0.5 * beta * BlockKernels.Dot(w, x), x);
            for (int i = 0; i < x.Length; i++)
            {
                Span<double> row = a.AsSpan(((k + 1 + i) * size) + k + 1, x.Length);
                BlockKernels.AddScaled(row, -x[i], w);
                BlockKernels.AddScaled(row, -w[i], x);
            }
        }

        return Transpose(AccumulateReflections(a, size, factors), size);
    }

    private static double[] AccumulateReflections(double[] a, int size, double[] factors)
    {
        double[] q = new double[size * size];
        for (int i = 0; i < size; i++)
            q[(i * size) + i] = 1;
        double[] sums = new double[size];
        for (int k = size - 2; k >= 0; k--)
        {
            if (factors[k] == 0)
                continue;
            ReadOnlySpan<double> v = a.AsSpan((k * size) + k + 1, size - k - 1);
            Span<double> t = sums.AsSpan(0, v.Length);
            t.Clear();
            for (int i = 0; i < v.Length; i++)
                BlockKernels.AddScaled(t, v[i], q.AsSpan(((k + 1 + i) * size) + k + 1, v.Length));
            for (int i = 0; i < v.Length; i++)
                BlockKernels.AddScaled(q.AsSpan(((k + 1 + i) * size) + k + 1, v.Length), -factors[k] * v[i], t);
        }

        return q;
    }

    private static double[] Transpose(double[] q, int size)
    {
        double[] transposed = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                transposed[(j * size) + i] = q[(i * size) + j];
        }

        return transposed;
    }

    private static void Diagonalize(int size, double[] d, double[] e, double[] vectors)
    {
        // Couplings below a rounding of the matrix's norm are noise: rank-deficient matrices end in blocks of nothing else.
        double norm = 0;
        for (int i = 0; i < size; i++)
            norm = Math.Max(norm, Math.Abs(d[i]) + Math.Abs(e[i]));
        double negligible = 1.1e-16 * norm;
        for (int low = 0; low < size; low++)
        {
            for (int iteration = 0; ; iteration++)
            {
                int high = low;
                while (high + 1 < size && Math.Abs(e[high]) > negligible)
                    high++;
                if (high == low)
                    break;
                if (iteration == 60)
                    throw new InvalidOperationException("An eigenvalue did not converge: the matrix holds values that are not finite.");
                Sweep(low, high, size, d, e, vectors);
            }
        }
    }

    /// <summary>One implicit QL step with Wilkinson's shift on the unreduced block low … high.</summary>
    private static void Sweep(int low, int high, int size, double[] d, double[] e, double[] vectors)
    {
        double g = (d[low + 1] - d[low]) / (2 * e[low]);
        double r = Hypotenuse(g, 1);
        g = d[high] - d[low] + (e[low] / (g + Math.CopySign(r, g)));
        double sine = 1, cosine = 1, shift = 0;
        for (int i = high - 1; i >= low; i--)
        {
            double f = sine * e[i];
            double b = cosine * e[i];
            r = Hypotenuse(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= shift;
                e[high] = 0;
                return;
            }

            sine = f / r;
            cosine = g / r;
            g = d[i + 1] - shift;
            r = ((d[i] - g) * sine) + (2 * cosine * b);
            shift = sine * r;
            d[i + 1] = g + shift;
            g = (cosine * r) - b;
            Rotate(vectors.AsSpan(i * size, size), vectors.AsSpan((i + 1) * size, size), sine, cosine);
        }

        d[low] -= shift;
        e[low] = g;
        e[high] = 0;
    }

    private static void Rotate(Span<double> first, Span<double> second, double sine, double cosine)
    {
        for (int k = 0; k < first.Length; k++)
        {
            double f = second[k];
            double z = first[k];
            second[k] = (sine * z) + (cosine * f);
            first[k] = (cosine * z) - (sine * f);
        }
    }

    private static double Hypotenuse(double a, double b)
    {
        double large = Math.Max(Math.Abs(a), Math.Abs(b));
        if (large == 0)
            return 0;
        double x = a / large, y = b / large;
        return large * Math.Sqrt((x * x) + (y * y));
    }
}
