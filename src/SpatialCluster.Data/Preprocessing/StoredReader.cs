using System.Text;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Reads stored preprocessing without trusting it: sizes are bounded, memory grows with what has really been read, positions
/// and numbers are checked.
/// </summary>
internal sealed class StoredReader(BinaryReader reader)
{
    public const int MostComponents = 4096;
    private const int MostFeatures = 1 << 26;
    private const int MostTextBytes = 1 << 16;
    private const int Chunk = 1 << 14;

    public byte ReadByte() => Guard(reader.ReadByte);

    public int ReadInt32() => Guard(reader.ReadInt32);

    public bool ReadBoolean() => ReadByte() switch
    {
        0 => false,
        1 => true,
        _ => throw Damaged("a switch is neither on nor off"),
    };

    public double ReadDouble()
    {
        double value = Guard(reader.ReadDouble);
        return double.IsFinite(value) ? value : throw Damaged("a number is not finite");
    }

    public string ReadText()
    {
        int length = ReadCount(MostTextBytes);
        byte[] bytes = Guard(() => reader.ReadBytes(length));
        return bytes.Length == length ? Encoding.UTF8.GetString(bytes) : throw Damaged("it ends too early");
    }

    public string[] ReadStrings()
    {
        int count = ReadCount(MostFeatures);
        return ReadMany(count, ReadText);
    }

    /// <summary>Positions that rise strictly within 0 … bound−1.</summary>
    public int[] ReadPositions(int bound)
    {
        int count = ReadCount(bound);
        int last = -1;
        return ReadMany(count, () =>
        {
            int position = ReadInt32();
            if (position <= last || position >= bound)
                throw Damaged("a feature's position is out of range");
            return last = position;
        });
    }

    public double[] ReadDoubles(int expected)
    {
        if (ReadCount(MostFeatures) != expected)
            throw Damaged("its parts differ in size");
        return ReadMany(expected, ReadDouble);
    }

    public double[] ReadComponentValues()
    {
        int count = ReadCount(MostComponents);
        return ReadMany(count, ReadDouble);
    }

    public float[] ReadFloats(long count)
    {
        if (count > int.MaxValue / 4)
            throw Damaged("a size is out of range");
        return ReadMany((int)count, () =>
        {
            float value = Guard(reader.ReadSingle);
            return float.IsFinite(value) ? value : throw Damaged("a number is not finite");
        });
    }

    public static BadInputException Damaged(string why) =>
        new($"The stored preprocessing is damaged ({why}); make the model file anew.");

    private int ReadCount(int most)
    {
        int count = ReadInt32();
        return count >= 0 && count <= most ? count : throw Damaged("a size is out of range");
    }

    private static T[] ReadMany<T>(int count, Func<T> read)
    {
        var values = new List<T>(int.Min(count, Chunk));
        for (int i = 0; i < count; i++)
            values.Add(read());
        return [.. values];
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException failure)
        {
            throw new BadInputException("The stored preprocessing is damaged (it ends too early); make the model file anew.", failure);
        }
    }
}
