using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// Which elements of a matrix a dropout keeps, one bit each, drawn anew for every epoch from a counter-based generator: the
/// bits of a row are a function of key, epoch and row alone. The backward pass reads the same bits.
/// </summary>
public sealed class DropoutMask
{
    private readonly ulong _key;
    private readonly uint _threshold;
    private readonly int _rows;

    /// <summary>Makes room for a mask.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="rate">The chance of an element to be dropped, in [0, 1); resolved to 1/65,536, and at most 65,535 of them.</param>
    /// <param name="key">The stream that the bits come from.</param>
    public DropoutMask(int rows, int columns, double rate, ulong key)
    {
        if (rate is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A dropout rate lies in [0, 1).");
        _rows = rows;
        _key = key;
        _threshold = (uint)Math.Min(Math.Round(rate * 65536), 65535);
        WordsPerRow = (columns + 63) / 64;

        // Two words are drawn at a time: an odd count leaves one that nobody reads.
        Bits = new ulong[(((long)rows * WordsPerRow) + 1) & ~1L];
        Scale = (float)(65536.0 / (65536 - _threshold));
    }

    /// <summary>64-bit words per row; bit c % 64 of word c / 64 is set where column c is kept.</summary>
    public int WordsPerRow { get; }

    /// <summary>What kept elements are multiplied by: the inverse of the chance to be kept.</summary>
    public float Scale { get; }

    internal ulong[] Bits { get; }

    /// <summary>Bytes that a mask takes; part of the memory forecast.</summary>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <returns>The size in bytes.</returns>
    public static long BytesFor(long rows, int columns) => rows * ((columns + 63) / 64) * sizeof(ulong);

    /// <summary>Draws the bits of some rows for an epoch.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="start">First row, even.</param>
    /// <param name="end">The row after the last; even, or the number of rows.</param>
    public void Fill(int epoch, int start, int end)
    {
        // A word holds 8 blocks of 8 halves: half h of word w of block b decides bit (2w + h) * 8 + b.
        Span<Vector512<uint>> words = stackalloc Vector512<uint>[4];
        Vector512<uint> threshold = Vector512.Create(_threshold);
        Vector512<uint> half = Vector512.Create(0xFFFFu);
        long last = end == _rows ? Bits.LongLength : (long)end * WordsPerRow;
        for (long word = (long)start * WordsPerRow; word < last; word += 2)
        {
            PhiloxVector.Blocks(_key, (ulong)epoch, (ulong)word * 8, words);
            ulong first = 0, second = 0;
            for (int w = 0; w < 4; w++)
            {
                ulong low = Vector512.GreaterThanOrEqual(words[w] & half, threshold).ExtractMostSignificantBits();
                ulong high = Vector512.GreaterThanOrEqual(Vector512.ShiftRightLogical(words[w], 16), threshold).ExtractMostSignificantBits();
                first |= ((low & 0xFF) << (w * 16)) | ((high & 0xFF) << ((w * 16) + 8));
                second |= ((low >> 8) << (w * 16)) | ((high >> 8) << ((w * 16) + 8));
            }

            Bits[word] = first;
            Bits[word + 1] = second;
        }
    }

    /// <summary>Whether an element is kept.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="column">Its column.</param>
    /// <returns>True where the dropout lets it through.</returns>
    public bool Keeps(int row, int column) => ((Bits[((long)row * WordsPerRow) + (column / 64)] >> (column % 64)) & 1) != 0;
}
