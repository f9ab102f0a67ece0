using System.Numerics;
using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Numbers of any machine format as numbers of one.</summary>
internal static class ElementConversion
{
    /// <summary>Converts a block.</summary>
    /// <param name="format">What <paramref name="source"/> holds.</param>
    /// <param name="source">As many numbers as <paramref name="target"/> has room for.</param>
    /// <param name="target">Where they go.</param>
    /// <exception cref="OverflowException">An integer that the target type has no room for.</exception>
    public static void Convert<T>(NumberFormat format, ReadOnlySpan<byte> source, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        switch (format)
        {
            case NumberFormat.Int8: From<sbyte, T>(source, target); break;
            case NumberFormat.UInt8: From<byte, T>(source, target); break;
            case NumberFormat.Int16: From<short, T>(source, target); break;
            case NumberFormat.UInt16: From<ushort, T>(source, target); break;
            case NumberFormat.Int32: From<int, T>(source, target); break;
            case NumberFormat.UInt32: From<uint, T>(source, target); break;
            case NumberFormat.Int64: From<long, T>(source, target); break;
            case NumberFormat.UInt64: From<ulong, T>(source, target); break;
            case NumberFormat.Float32: From<float, T>(source, target); break;
            case NumberFormat.Float64: From<double, T>(source, target); break;
            default: throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    /// <summary>The format that a type has in memory.</summary>
    public static NumberFormat FormatOf<T>() =>
        typeof(T) == typeof(float) ? NumberFormat.Float32
        : typeof(T) == typeof(double) ? NumberFormat.Float64
        : typeof(T) == typeof(int) ? NumberFormat.Int32
        : typeof(T) == typeof(long) ? NumberFormat.Int64
        : NumberFormat.None;

    private static void From<TSource, T>(ReadOnlySpan<byte> bytes, Span<T> target)
        where TSource : unmanaged, INumberBase<TSource>
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<TSource> source = MemoryMarshal.Cast<byte, TSource>(bytes)[..target.Length];
        if (typeof(TSource) == typeof(T))
        {
            bytes[..(target.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>())].CopyTo(MemoryMarshal.AsBytes(target));
            return;
        }

        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            for (int i = 0; i < target.Length; i++)
                target[i] = T.CreateTruncating(source[i]);
        }
        else
        {
            for (int i = 0; i < target.Length; i++)
                target[i] = T.CreateChecked(source[i]);
        }
    }
}
