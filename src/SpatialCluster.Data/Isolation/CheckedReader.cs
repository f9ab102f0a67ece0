using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Isolation;

/// <summary>Reads what <see cref="CheckedWriter"/> wrote, from a process that is not trusted.</summary>
internal sealed class CheckedReader(Stream input, long mostBytes)
{
    // What a length alone may allocate; arrays beyond it grow with what has really arrived.
    private const int TrustedBytes = 1 << 20;

    private long _left = mostBytes;

    public static BadInputException Damaged(string what, Exception? cause = null) =>
        new($"A table from another process cannot be taken in: {what}; read the file again.", cause);

    public static void Require([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition)
            throw Damaged($"its {what} contradict the rest");
    }

    public byte Byte()
    {
        Span<byte> value = stackalloc byte[1];
        Fill(value);
        return value[0];
    }

    public int Number()
    {
        int value = 0;
        Fill(MemoryMarshal.AsBytes(new Span<int>(ref value)));
        return value;
    }

    public T[] Numbers<T>()
        where T : unmanaged
    {
        int count = Length(Unsafe.SizeOf<T>());
        int trusted = TrustedBytes / Unsafe.SizeOf<T>();
        T[] values = GC.AllocateUninitializedArray<T>(int.Min(count, trusted));
        int done = 0;
        while (true)
        {
            // In pieces: a span of bytes holds 2 GiB at most.
            while (done < values.Length)
            {
                int piece = int.Min(values.Length - done, trusted);
                Fill(MemoryMarshal.AsBytes(values.AsSpan(done, piece)));
                done += piece;
            }

            if (done == count)
                return values;
            Array.Resize(ref values, (int)long.Min(count, done * 4L));
        }
    }

    public string Text() => Encoding.UTF8.GetString(Numbers<byte>());

    public string[] Texts()
    {
        int count = Length(sizeof(int));
        var texts = new List<string>(int.Min(count, TrustedBytes / IntPtr.Size));
        for (int i = 0; i < count; i++)
            texts.Add(Text());
        return [.. texts];
    }

    private int Length(int elementBytes)
    {
        int count = Number();
        if (count < 0 || count > Array.MaxLength || (long)count * elementBytes > _left)
            throw Damaged($"a list of {count} elements is longer than the limit allows");
        return count;
    }

    private void Fill(Span<byte> target)
    {
        _left -= target.Length;
        if (_left < 0)
            throw Damaged("it is longer than the limit allows");
        try
        {
            input.ReadExactly(target);
        }
        catch (EndOfStreamException failure)
        {
            throw Damaged("it is cut short", failure);
        }
    }
}
