using System.IO.Compression;

namespace SpatialCluster.Data.Text;

/// <summary>A file followed by one more complete gzip member, the seal.</summary>
internal sealed class SealedInput(Stream file) : ReadOnlyStream
{
    private static readonly byte[] s_sealMember = Compress(Seal);
    private int _sealRead;

    /// <summary>What the seal inflates to: nothing that text ends with.</summary>
    public static ReadOnlySpan<byte> Seal => "\0end of the file\u0001\u0002\u0003\0"u8;

    public override int Read(Span<byte> buffer)
    {
        int read = file.Read(buffer);
        if (read > 0 || buffer.IsEmpty)
            return read;
        int count = Math.Min(buffer.Length, s_sealMember.Length - _sealRead);
        s_sealMember.AsSpan(_sealRead, count).CopyTo(buffer);
        _sealRead += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return compressed.ToArray();
    }
}
