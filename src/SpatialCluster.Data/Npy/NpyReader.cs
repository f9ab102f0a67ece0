using System.Runtime.InteropServices;
using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Data.Npy;

/// <summary>
/// Reads <c>.npy</c> files of version 1.0 with one or two dimensions in C order: float, double, int or long, little-endian. The
/// size of the whole must be known beforehand and is compared with the header, so that a header that lies costs no memory.
/// </summary>
public static class NpyReader
{
    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">float, double, int or long; the file must hold just that.</typeparam>
    /// <param name="stream">At the beginning of the file.</param>
    /// <param name="bytes">The size of the file.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="BadInputException">Not such a file, cut short, of another type or shape.</exception>
    public static T[] ReadList<T>(Stream stream, long bytes, string source)
        where T : unmanaged
    {
        NpyHeader header = Require<T>(ReadHeader(stream, bytes, source), 1, source);
        return ReadValues<T>(stream, header, source);
    }

    /// <summary>Reads a table.</summary>
    /// <typeparam name="T">float, double, int or long; the file must hold just that.</typeparam>
    /// <param name="stream">At the beginning of the file.</param>
    /// <param name="bytes">The size of the file.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <returns>Rows, columns, and the numbers row by row.</returns>
    /// <exception cref="BadInputException">Not such a file, cut short, of another type or shape.</exception>
    public static (int Rows, int Columns, T[] Values) ReadTable<T>(Stream stream, long bytes, string source)
        where T : unmanaged
    {
        NpyHeader header = Require<T>(ReadHeader(stream, bytes, source), 2, source);
        return (header.Shape[0], header.Shape[1], ReadValues<T>(stream, header, source));
    }

    /// <summary>Reads a table of float32 as a matrix.</summary>
    /// <param name="stream">At the beginning of the file.</param>
    /// <param name="bytes">The size of the file.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <returns>The matrix; the caller disposes it.</returns>
    /// <exception cref="BadInputException">Not such a file, cut short, of another type or shape.</exception>
    public static Matrix ReadMatrix(Stream stream, long bytes, string source)
    {
        NpyHeader header = Require<float>(ReadHeader(stream, bytes, source), 2, source);
        var matrix = new Matrix(header.Shape[0], header.Shape[1]);
        try
        {
            for (int row = 0; row < matrix.Rows; row++)
                Fill(stream, MemoryMarshal.AsBytes(matrix.Row(row)), source);
            return matrix;
        }
        catch
        {
            matrix.Dispose();
            throw;
        }
    }

    /// <summary>Reads all that comes before the numbers.</summary>
    /// <param name="stream">At the beginning of the file; then at the first number.</param>
    /// <param name="bytes">The size of the file.</param>
    /// <param name="source">What it is, for messages.</param>
    /// <returns>Type and shape; the numbers of that type and shape fill the rest of the file.</returns>
    /// <exception cref="BadInputException">Not such a file, or its size is not what its header says.</exception>
    public static NpyHeader ReadHeader(Stream stream, long bytes, string source)
    {
        Span<byte> head = stackalloc byte[10];
        Fill(stream, head, source);
        if (!head.StartsWith(Magic))
            throw new BadInputException($"{source} is no .npy file; write it with numpy.save.");
        if (head[6] != 1 || head[7] != 0)
            throw new BadInputException($"{source} is a .npy file of version {head[6]}.{head[7]}, and version 1.0 is read; write it anew with numpy.save.");
        int length = head[8] | (head[9] << 8);
        byte[] text = new byte[length];
        Fill(stream, text, source);
        NpyHeader header = NpyHeaderText.Parse(Encoding.Latin1.GetString(text), source);
        int size = NpyType.Size(header.Descriptor);
        if (size == 0)
            throw new BadInputException($"{source} holds numbers of the type '{header.Descriptor}', and <f4, <f8, <i4 and <i8 are read; convert it with numpy's astype.");

        // Compared without multiplying, which could overflow.
        long room = bytes - head.Length - length;
        if (room < 0 || room % size != 0 || room / size != header.Count)
            throw new BadInputException($"{source} should hold {header.Count:N0} numbers of {size} bytes and has {long.Max(0, room):N0} bytes for them; it is damaged: fetch or write it anew.");
        return header;
    }

    private static NpyHeader Require<T>(NpyHeader header, int dimensions, string source)
        where T : unmanaged
    {
        if (header.Descriptor != NpyType.Descriptor<T>())
            throw new BadInputException($"{source} holds numbers of the type '{header.Descriptor}' where '{NpyType.Descriptor<T>()}' is expected; convert it with numpy's astype.");
        if (header.Shape.Count != dimensions)
            throw new BadInputException($"{source} has {header.Shape.Count} dimensions where {dimensions} {(dimensions == 1 ? "is" : "are")} expected; write it in that shape.");
        return header;
    }

    private static T[] ReadValues<T>(Stream stream, NpyHeader header, string source)
        where T : unmanaged
    {
        if (header.Count > Array.MaxLength)
            throw new BadInputException($"{source} holds {header.Count:N0} numbers, more than fit into one array; split it.");
        T[] values = GC.AllocateUninitializedArray<T>((int)header.Count);

        // Two thousand million numbers have more bytes than a span can count.
        const int Block = 1 << 24;
        for (int start = 0; start < values.Length; start += Block)
            Fill(stream, MemoryMarshal.AsBytes(values.AsSpan(start, int.Min(Block, values.Length - start))), source);
        return values;
    }

    private static void Fill(Stream stream, Span<byte> target, string source)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
            throw new BadInputException($"{source} is cut short; fetch or write it anew.");
    }
}
