using System.Buffers.Binary;
using System.IO.Compression;

namespace SpatialCluster.Reporting.Imaging;

/// <summary>Writes images as PNG (ISO/IEC 15948): truecolour, with an opacity channel where a pixel needs one.</summary>
internal static class PngEncoder
{
    private const byte FilterUp = 2;

    public static byte[] Encode(RgbaImage image)
    {
        using var stream = new MemoryStream();
        Write(image, stream);
        return stream.ToArray();
    }

    public static void Write(RgbaImage image, Stream stream)
    {
        bool opaque = IsOpaque(image);
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = 8;
        header[9] = (byte)(opaque ? 2 : 6);
        header[10] = header[11] = header[12] = 0;
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "sRGB"u8, [0]);
        WriteChunk(stream, "IDAT"u8, Compress(image, opaque ? 3 : 4));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte[] Compress(RgbaImage image, int channels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            int stride = image.Width * channels;
            var above = new byte[stride];
            var line = new byte[stride];
            var filtered = new byte[stride + 1];
            filtered[0] = FilterUp;
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> pixels = image.Pixels.AsSpan(4 * y * image.Width, 4 * image.Width);
                for (int x = 0; x < image.Width; x++)
                    pixels.Slice(4 * x, channels).CopyTo(line.AsSpan(channels * x));
                // Rows of the same spot repeat: their difference is zero.
                for (int i = 0; i < stride; i++)
                    filtered[i + 1] = (byte)(line[i] - above[i]);
                zlib.Write(filtered);
                (above, line) = (line, above);
            }
        }

        return compressed.ToArray();
    }

    private static bool IsOpaque(RgbaImage image)
    {
        for (int i = 3; i < image.Pixels.Length; i += 4)
        {
            if (image.Pixels[i] != 255)
                return false;
        }

        return true;
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        stream.Write(word);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Compute(type, data));
        stream.Write(word);
    }
}
