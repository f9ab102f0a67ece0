namespace SpatialCluster.Data.Npy;

/// <summary>The number types that are written and read, all of them little-endian.</summary>
internal static class NpyType
{
    /// <summary>NumPy's name of a type.</summary>
    public static string Descriptor<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? "<f4"
        : typeof(T) == typeof(double) ? "<f8"
        : typeof(T) == typeof(int) ? "<i4"
        : typeof(T) == typeof(long) ? "<i8"
        : throw new NotSupportedException($"Arrays of {typeof(T).Name} have no place in .npy files here; use float, double, int or long.");

    /// <summary>Bytes of one number; 0 for a type that is not read.</summary>
    public static int Size(string descriptor) => descriptor switch
    {
        "<f4" or "<i4" => 4,
        "<f8" or "<i8" => 8,
        _ => 0,
    };
}
