using System.Runtime.Intrinsics;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// Squared distances of 4 queries to 32 packed references. Each pair has a lane of its own and adds (a − b)² feature by
/// feature with FMA: one order for every vector width, no cancellation, exactly 0 between equal vectors.
/// </summary>
internal static unsafe class DistanceKernel
{
    public const int Queries = 4;
    public const int References = 2 * PackedVectors.Lanes;

    /// <summary>Computes one block.</summary>
    /// <param name="queries">features × 4 values, the queries side by side.</param>
    /// <param name="queryPenalties">4 starting values.</param>
    /// <param name="references">Two packed groups.</param>
    /// <param name="referencePenalties">32 starting values.</param>
    /// <param name="features">The length of the vectors.</param>
    /// <param name="squared">Receives 4 × 32 squared distances.</param>
    public static void Run(float* queries, float* queryPenalties, float* references, float* referencePenalties, int features, float* squared)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Wide(queries, queryPenalties, references, referencePenalties, features, squared);
            return;
        }

        for (int half = 0; half < 2; half++)
        {
            Narrow(
                queries,
                queryPenalties,
                references + (half * (long)features * PackedVectors.Lanes),
                referencePenalties + (half * PackedVectors.Lanes),
                features,
                squared + (half * PackedVectors.Lanes));
        }
    }

    /// <summary>The same with 512-bit vectors.</summary>
    internal static void Wide(float* queries, float* queryPenalties, float* references, float* referencePenalties, int features, float* squared)
    {
        const int Step = PackedVectors.Lanes;
        Vector512<float> penalty0 = Vector512.Load(referencePenalties), penalty1 = Vector512.Load(referencePenalties + Step);
        Vector512<float> a0 = penalty0 + Vector512.Create(queryPenalties[0]), a1 = penalty1 + Vector512.Create(queryPenalties[0]);
        Vector512<float> b0 = penalty0 + Vector512.Create(queryPenalties[1]), b1 = penalty1 + Vector512.Create(queryPenalties[1]);
        Vector512<float> c0 = penalty0 + Vector512.Create(queryPenalties[2]), c1 = penalty1 + Vector512.Create(queryPenalties[2]);
        Vector512<float> d0 = penalty0 + Vector512.Create(queryPenalties[3]), d1 = penalty1 + Vector512.Create(queryPenalties[3]);
        float* second = references + ((long)features * Step);
        for (int f = 0; f < features; f++)
        {
            Vector512<float> r0 = Vector512.Load(references), r1 = Vector512.Load(second);
            Vector512<float> query = Vector512.Create(queries[0]);
            Vector512<float> x = r0 - query, y = r1 - query;
            a0 = Vector512.FusedMultiplyAdd(x, x, a0);
            a1 = Vector512.FusedMultiplyAdd(y, y, a1);
            query = Vector512.Create(queries[1]);
            x = r0 - query;
            y = r1 - query;
            b0 = Vector512.FusedMultiplyAdd(x, x, b0);
            b1 = Vector512.FusedMultiplyAdd(y, y, b1);
            query = Vector512.Create(queries[2]);
            x = r0 - query;
            y = r1 - query;
            c0 = Vector512.FusedMultiplyAdd(x, x, c0);
            c1 = Vector512.FusedMultiplyAdd(y, y, c1);
            query = Vector512.Create(queries[3]);
            x = r0 - query;
            y = r1 - query;
            d0 = Vector512.FusedMultiplyAdd(x, x, d0);
            d1 = Vector512.FusedMultiplyAdd(y, y, d1);
            references += Step;
            second += Step;
            queries += Queries;
        }

        a0.Store(squared);
        a1.Store(squared + Step);
        b0.Store(squared + References);
        b1.Store(squared + References + Step);
        c0.Store(squared + (2 * References));
        c1.Store(squared + (2 * References) + Step);
        d0.Store(squared + (3 * References));
        d1.Store(squared + (3 * References) + Step);
    }

    /// <summary>Half of it, 16 references, with 256-bit vectors.</summary>
    internal static void Narrow(float* queries, float* queryPenalties, float* references, float* referencePenalties, int features, float* squared)
    {
        const int Step = 8;
        Vector256<float> penalty0 = Vector256.Load(referencePenalties), penalty1 = Vector256.Load(referencePenalties + Step);
        Vector256<float> a0 = penalty0 + Vector256.Create(queryPenalties[0]), a1 = penalty1 + Vector256.Create(queryPenalties[0]);
        Vector256<float> b0 = penalty0 + Vector256.Create(queryPenalties[1]), b1 = penalty1 + Vector256.Create(queryPenalties[1]);
        Vector256<float> c0 = penalty0 + Vector256.Create(queryPenalties[2]), c1 = penalty1 + Vector256.Create(queryPenalties[2]);
        Vector256<float> d0 = penalty0 + Vector256.Create(queryPenalties[3]), d1 = penalty1 + Vector256.Create(queryPenalties[3]);
        for (int f = 0; f < features; f++)
        {
            Vector256<float> r0 = Vector256.Load(references), r1 = Vector256.Load(references + Step);
            Vector256<float> query = Vector256.Create(queries[0]);
            Vector256<float> x = r0 - query, y = r1 - query;
            a0 = Vector256.FusedMultiplyAdd(x, x, a0);
            a1 = Vector256.FusedMultiplyAdd(y, y, a1);
            query = Vector256.Create(queries[1]);
            x = r0 - query;
            y = r1 - query;
            b0 = Vector256.FusedMultiplyAdd(x, x, b0);
            b1 = Vector256.FusedMultiplyAdd(y, y, b1);
            query = Vector256.Create(queries[2]);
            x = r0 - query;
            y = r1 - query;
            c0 = Vector256.FusedMultiplyAdd(x, x, c0);
            c1 = Vector256.FusedMultiplyAdd(y, y, c1);
            query = Vector256.Create(queries[3]);
            x = r0 - query;
            y = r1 - query;
            d0 = Vector256.FusedMultiplyAdd(x, x, d0);
            d1 = Vector256.FusedMultiplyAdd(y, y, d1);
            references += PackedVectors.Lanes;
            queries += Queries;
        }

        a0.Store(squared);
        a1.Store(squared + Step);
        b0.Store(squared + References);
        b1.Store(squared + References + Step);
        c0.Store(squared + (2 * References));
        c1.Store(squared + (2 * References) + Step);
        d0.Store(squared + (3 * References));
        d1.Store(squared + (3 * References) + Step);
    }
}
