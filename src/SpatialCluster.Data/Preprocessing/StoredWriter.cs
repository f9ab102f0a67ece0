using System.Text;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>The writing half of <see cref="StoredReader"/>: counts first, little-endian.</summary>
internal static class StoredWriter
{
    public static void WriteText(this BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    public static void WriteStrings(this BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (string text in texts)
            writer.WriteText(text);
    }

    public static void WriteIntegers(this BinaryWriter writer, int[] values)
    {
        writer.Write(values.Length);
        foreach (int value in values)
            writer.Write(value);
    }

    public static void WriteDoubles(this BinaryWriter writer, double[] values)
    {
        writer.Write(values.Length);
        foreach (double value in values)
            writer.Write(value);
    }
}
