using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Data.Npy;

/// <summary>
/// Writes arrays as NumPy's <c>.npy</c>, version 1.0 (NumPy enhancement proposal 1): float, double, int or long, little-endian, in
/// C order. <c>numpy.load</c> opens them without pickle; the same array gives the same bytes.
/// </summary>
public static class NpyWriter
{
    private const int Alignment = 64;

    /// <summary>Writes a list.</summary>
    /// <typeparam name="T">float, double, int or long.</typeparam>
    /// <param name="stream">Where to.</param>
    /// <param name="values">The numbers.</param>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        WriteHeader<T>(stream, string.Create(CultureInfo.InvariantCulture, $"({values.Length},)"));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes a table.</summary>
    /// <typeparam name="T">float, double, int or long.</typeparam>
    /// <param name="stream">Where to.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="values">rows × columns numbers, row by row.</param>
    public static void Write<T>(Stream stream, int rows, int columns, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if ((long)rows * columns != values.Length)
            throw new ArgumentException($"{values.Length} numbers are no table of {rows} × {columns}.", nameof(values));
        WriteHeader<T>(stream, Table(rows, columns));
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes a matrix, row by row and without its padding.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="matrix">The matrix.</param>
    public static void Write(Stream stream, Matrix matrix)
    {
        WriteHeader<float>(stream, Table(matrix.Rows, matrix.Columns));
        for (int row = 0; row < matrix.Rows; row++)
            stream.Write(MemoryMarshal.AsBytes(matrix.Row(row)));
    }

    private static string Table(int rows, int columns) => string.Create(CultureInfo.InvariantCulture, $"({rows}, {columns})");

    // Numbers begin at a multiple of 64 bytes, as NumPy itself has it.
    private static void WriteHeader<T>(Stream stream, string shape)
        where T : unmanaged
    {
        string text = $"{{'descr': '{NpyType.Descriptor<T>()}', 'fortran_order': False, 'shape': {shape}, }}";
        int before = NpyReader.Magic.Length + 4;
        int length = ((before + text.Length + Alignment) / Alignment * Alignment) - before;
        stream.Write(NpyReader.Magic);
        stream.Write([1, 0, (byte)length, (byte)(length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n"));
    }
}
