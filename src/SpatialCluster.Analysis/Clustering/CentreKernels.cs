using System.Runtime.Intrinsics;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>
/// Inner loops of one spot against all centres. Centres lie feature by feature, padded to a multiple of four: every lane belongs
/// to one centre and adds in the order of the features, products rounded first, so that any vector width gives the same bytes.
/// </summary>
internal static unsafe class CentreKernels
{
    /// <summary>The doubles that so many centres take in a row.</summary>
    public static int Stride(int centres) => (centres + 3) & ~3;

    /// <summary>output[c] = Σ_f (spot[f] − centres[f, c])².</summary>
    public static void SquaredDistances(double* spot, int features, double* centres, int stride, double* output)
    {
        int c = 0;
        for (; c + 8 <= stride; c += 8)
        {
            Vector256<double> a = Vector256<double>.Zero, b = Vector256<double>.Zero;
            double* at = centres + c;
            for (int f = 0; f < features; f++, at += stride)
            {
                Vector256<double> x = Vector256.Create(spot[f]);
                Vector256<double> da = x - Vector256.Load(at), db = x - Vector256.Load(at + 4);
                a += da * da;
                b += db * db;
            }

            a.Store(output + c);
            b.Store(output + c + 4);
        }

        if (c == stride)
            return;
        Vector256<double> sum = Vector256<double>.Zero;
        for (int f = 0; f < features; f++)
        {
            Vector256<double> d = Vector256.Create(spot[f]) - Vector256.Load(centres + (f * stride) + c);
            sum += d * d;
        }

        sum.Store(output + c);
    }

    /// <summary>output[c] = start[c] + Σ_f spot[f] · weights[f, c].</summary>
    public static void Scores(double* spot, int features, double* weights, int stride, double* start, double* output)
    {
        int c = 0;
        for (; c + 8 <= stride; c += 8)
        {
            Vector256<double> a = Vector256.Load(start + c), b = Vector256.Load(start + c + 4);
            double* at = weights + c;
            for (int f = 0; f < features; f++, at += stride)
            {
                Vector256<double> x = Vector256.Create(spot[f]);
                a += x * Vector256.Load(at);
                b += x * Vector256.Load(at + 4);
            }

            a.Store(output + c);
            b.Store(output + c + 4);
        }

        if (c == stride)
            return;
        Vector256<double> sum = Vector256.Load(start + c);
        for (int f = 0; f < features; f++)
            sum += Vector256.Create(spot[f]) * Vector256.Load(weights + (f * stride) + c);
        sum.Store(output + c);
    }

    /// <summary>sums[f, c] += spot[f] · weights[c].</summary>
    public static void AddOuterProduct(double* sums, double* spot, int features, double* weights, int stride)
    {
        for (int f = 0; f < features; f++)
        {
            Vector256<double> x = Vector256.Create(spot[f]);
            double* row = sums + (f * stride);
            for (int c = 0; c < stride; c += 4)
                (Vector256.Load(row + c) + (x * Vector256.Load(weights + c))).Store(row + c);
        }
    }

    /// <summary>Σ (a − b)² over a width that is a multiple of four, in four lanes.</summary>
    public static double SquaredDistance(double* a, double* b, int width)
    {
        Vector256<double> sum = Vector256<double>.Zero;
        for (int f = 0; f < width; f += 4)
        {
            Vector256<double> d = Vector256.Load(a + f) - Vector256.Load(b + f);
            sum += d * d;
        }

        return sum[0] + sum[1] + (sum[2] + sum[3]);
    }
}
