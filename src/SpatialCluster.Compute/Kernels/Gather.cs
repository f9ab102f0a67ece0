using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Compute.Kernels;

/// <summary>
/// Sparse times dense: each output row is the weighted sum of its neighbours' rows, edges in stored order, columns in panels
/// of 64. One owner per row, so the result does not depend on who runs it.
/// </summary>
internal static unsafe class Gather
{
    public static void Run(in GatherOperands g)
    {
        float scale = (g.InputMask?.Scale ?? 1) * (g.OutputMask?.Scale ?? 1);
        fixed (long* pointers = g.Graph.RowPointers)
        fixed (int* columns = g.Graph.ColumnIndices)
        fixed (float* weights = g.Graph.Values)
        fixed (int* order = g.Order)
        fixed (ulong* inputBits = g.InputMask?.Bits)
        fixed (ulong* outputBits = g.OutputMask?.Bits)
        {
            int inputWords = g.InputMask?.WordsPerRow ?? 0, outputWords = g.OutputMask?.WordsPerRow ?? 0;
            for (int row = g.Start; row < g.End; row++)
            {
                float* y = g.Y + ((row - g.Start) * g.YStride);
                long first = pointers[row], last = pointers[row + 1];
                for (int j = 0, panel = 0; j < g.Width; j += 64, panel++)
                {
                    var edges = new Edges(columns, weights, order, inputBits is null ? null : inputBits + panel, inputWords, first, last, scale);
                    ulong keep = outputBits is null ? ulong.MaxValue : outputBits[((long)row * outputWords) + panel];
                    if (j + 64 <= g.Width)
                        Panel64(g, edges, y, j, keep);
                    else
                        Tail(g, edges, y, j, keep);
                }
            }
        }
    }

    private static void Panel64(in GatherOperands g, in Edges edges, float* y, int j, ulong keep)
    {
        Vector512<float> s0 = Vector512<float>.Zero, s1 = s0, s2 = s0, s3 = s0;
        if (edges.Bits is null)
        {
            for (long e = edges.First; e < edges.Last; e++)
            {
                int column = edges.Columns[e];
                float* x = g.X + ((edges.Order is null ? column : edges.Order[column]) * g.XStride) + j;
                Vector512<float> w = Vector512.Create(edges.Weights[e] * edges.Scale);
                s0 = Vector512.FusedMultiplyAdd(w, Vector512.Load(x), s0);
                s1 = Vector512.FusedMultiplyAdd(w, Vector512.Load(x + 16), s1);
                s2 = Vector512.FusedMultiplyAdd(w, Vector512.Load(x + 32), s2);
                s3 = Vector512.FusedMultiplyAdd(w, Vector512.Load(x + 48), s3);
            }
        }
        else
        {
            for (long e = edges.First; e < edges.Last; e++)
            {
                int column = edges.Columns[e];
                float* x = g.X + ((edges.Order is null ? column : edges.Order[column]) * g.XStride) + j;
                ulong bits = edges.Bits[(long)column * edges.Words];
                Vector512<float> w = Vector512.Create(edges.Weights[e] * edges.Scale);
                s0 = Vector512.FusedMultiplyAdd(w, Vector512.Load(x) & RowKernels.LaneMask((uint)bits & 0xFFFF), s0);
                s1 = Vector512.FusedMultiplyAdd(w, Vector512.Load(x + 16) & RowKernels.LaneMask((uint)(bits >> 16) & 0xFFFF), s1);
                s2 = Vector512.FusedMultiplyAdd(w, Vector512.Load(x + 32) & RowKernels.LaneMask((uint)(bits >> 32) & 0xFFFF), s2);
                s3 = Vector512.FusedMultiplyAdd(w, Vector512.Load(x + 48) & RowKernels.LaneMask((uint)(bits >> 48)), s3);
            }
        }

        Finish(g, y, j, s0, (uint)keep);
        Finish(g, y, j + 16, s1, (uint)(keep >> 16));
        Finish(g, y, j + 32, s2, (uint)(keep >> 32));
        Finish(g, y, j + 48, s3, (uint)(keep >> 48));
    }

    private static void Tail(in GatherOperands g, in Edges edges, float* y, int start, ulong keep)
    {
        for (int j = start; j < g.Width; j += 16)
        {
            int shift = j - start;
            Vector512<float> sum = Vector512<float>.Zero;
            for (long e = edges.First; e < edges.Last; e++)
            {
                int column = edges.Columns[e];
                Vector512<float> x = Vector512.Load(g.X + ((edges.Order is null ? column : edges.Order[column]) * g.XStride) + j);
                if (edges.Bits is not null)
                    x &= RowKernels.LaneMask((uint)(edges.Bits[(long)column * edges.Words] >> shift) & 0xFFFF);
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(edges.Weights[e] * edges.Scale), x, sum);
            }

            Finish(g, y, j, sum, (uint)(keep >> shift));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(in GatherOperands g, float* y, int j, Vector512<float> sum, uint keep)
    {
        if (g.OutputMask is not null)
            sum &= RowKernels.LaneMask(keep & 0xFFFF);
        if (g.Bias is not null)
            sum += Vector512.Load(g.Bias + j);
        if (g.Accumulate)
            sum += Vector512.Load(y + j);
        sum.Store(y + j);
    }

    /// <summary>The edges of one row, and how the rows they point to are taken.</summary>
    private readonly ref struct Edges(int* columns, float* weights, int* order, ulong* bits, int words, long first, long last, float scale)
    {
        public readonly int* Columns = columns;
        public readonly float* Weights = weights;
        public readonly int* Order = order;
        public readonly ulong* Bits = bits;
        public readonly int Words = words;
        public readonly long First = first;
        public readonly long Last = last;
        public readonly float Scale = scale;
    }
}
