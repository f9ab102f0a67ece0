using System.Runtime.InteropServices;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Methods.Training;

/// <summary>Float arrays in checkpoints and model files: a count, then little-endian values.</summary>
internal static class MatrixFormat
{
    public static void WriteValues(BinaryWriter writer, ReadOnlySpan<float> values)
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    public static float[] ReadValues(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 0 || (reader.BaseStream.CanSeek && (long)count * sizeof(float) > reader.BaseStream.Length - reader.BaseStream.Position))
            throw new InvalidDataException($"an array of {count} numbers has no room in it");
        var values = new float[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public static void ReadInto(BinaryReader reader, Matrix matrix)
    {
        float[] values = ReadValues(reader);
        if (values.Length != (long)matrix.Rows * matrix.Columns)
            throw new InvalidDataException($"an array has {values.Length} numbers instead of {(long)matrix.Rows * matrix.Columns}");
        for (int row = 0; row < matrix.Rows; row++)
            values.AsSpan(row * matrix.Columns, matrix.Columns).CopyTo(matrix.Row(row));
    }
}
