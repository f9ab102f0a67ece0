using System.Runtime.InteropServices;
using System.Text;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Some texts as the library wants them: one block of zero-terminated UTF-8 and a pointer to each.</summary>
internal sealed unsafe class TextBlock : IDisposable
{
    private readonly byte* _bytes;

    public TextBlock(IReadOnlyList<string> texts, int first, int count)
    {
        long size = 0;
        for (int i = 0; i < count; i++)
            size += Encoding.UTF8.GetByteCount(texts[first + i]) + 1;
        _bytes = (byte*)NativeMemory.Alloc((nuint)long.Max(1, size));
        Pointers = (byte**)NativeMemory.Alloc((nuint)int.Max(1, count), (nuint)sizeof(byte*));
        byte* at = _bytes;
        for (int i = 0; i < count; i++)
        {
            Pointers[i] = at;
            int length = Encoding.UTF8.GetBytes(texts[first + i], new Span<byte>(at, (int)(_bytes + size - at)));
            at[length] = 0;
            at += length + 1;
        }
    }

    public byte** Pointers { get; }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        NativeMemory.Free(Pointers);
    }
}
