using System.Numerics;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// The nearest references of one query so far. A key is the float's bits above the index: as distances are not negative, keys
/// order as (distance, index) do. Keys gather in a buffer; when it is full, the best are kept and the threshold falls.
/// References must be offered by rising index: one as far as the threshold then comes too late to matter.
/// </summary>
internal sealed unsafe class CandidateList(Memory<ulong> keys, int wanted, int query)
{
    private float _threshold = float.PositiveInfinity;
    private int _count;

    /// <summary>The buffer that a number of candidates asks for.</summary>
    public static int Capacity(int wanted) => (3 * wanted) + DistanceKernel.References;

    /// <summary>Takes what is near enough of 32 references.</summary>
    /// <param name="squared">Their squared distances.</param>
    /// <param name="firstIndex">The index of the first.</param>
    public void Offer(float* squared, int firstIndex)
    {
        Vector256<float> threshold = Vector256.Create(_threshold);
        uint mask = Vector256.LessThan(Vector256.Load(squared), threshold).ExtractMostSignificantBits()
            | (Vector256.LessThan(Vector256.Load(squared + 8), threshold).ExtractMostSignificantBits() << 8)
            | (Vector256.LessThan(Vector256.Load(squared + 16), threshold).ExtractMostSignificantBits() << 16)
            | (Vector256.LessThan(Vector256.Load(squared + 24), threshold).ExtractMostSignificantBits() << 24);
        if (mask != 0)
            Append(squared, firstIndex, mask);
    }

    /// <summary>The wanted number of keys, best first.</summary>
    public ReadOnlySpan<ulong> Best()
    {
        Shrink();
        return keys.Span[.._count];
    }

    private void Append(float* squared, int firstIndex, uint mask)
    {
        Span<ulong> buffer = keys.Span;
        while (mask != 0)
        {
            int lane = BitOperations.TrailingZeroCount(mask);
            mask &= mask - 1;
            int index = firstIndex + lane;
            if (index != query)
                buffer[_count++] = ((ulong)BitConverter.SingleToUInt32Bits(squared[lane]) << 32) | (uint)index;
        }

        if (_count > buffer.Length - DistanceKernel.References)
            Shrink();
    }

    private void Shrink()
    {
        Span<ulong> buffer = keys.Span;
        buffer[.._count].Sort();
        if (_count < wanted)
            return;
        _count = wanted;
        _threshold = BitConverter.UInt32BitsToSingle((uint)(buffer[wanted - 1] >> 32));
    }
}
