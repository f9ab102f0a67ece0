using System.Runtime.InteropServices;
using System.Text;

namespace SpatialCluster.Data.Isolation;

/// <summary>Writes numbers, texts and lists of them, each list with its length before it.</summary>
internal sealed class CheckedWriter(Stream output) : IDisposable
{
    // In pieces that fit the pipe's and the cache's size.
    private const int PieceBytes = 1 << 16;

    private readonly BufferedStream _output = new(output, PieceBytes);

    public void Byte(byte value) => _output.WriteByte(value);

    public void Number(int value) => _output.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    public void Numbers<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Number(values.Length);
        ReadOnlySpan<byte> rest = MemoryMarshal.AsBytes(values[..int.Min(values.Length, int.MaxValue / 16)]);
        int done = int.Min(values.Length, int.MaxValue / 16);
        _output.Write(rest);
        while (done < values.Length)
        {
            ReadOnlySpan<T> piece = values.Slice(done, int.Min(values.Length - done, int.MaxValue / 16));
            _output.Write(MemoryMarshal.AsBytes(piece));
            done += piece.Length;
        }
    }

    public void Text(string text) => Numbers<byte>(Encoding.UTF8.GetBytes(text));

    public void Texts(IReadOnlyList<string> texts)
    {
        Number(texts.Count);
        foreach (string text in texts)
            Text(text);
    }

    /// <summary>Flushes; the stream below stays open.</summary>
    public void Dispose() => _output.Flush();
}
