using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SpatialCluster.Reporting.Tests.Imaging;

/// <summary>Reads the PNG files of these tests on its own terms: chunks, checksums, and the filters none and up.</summary>
internal sealed record PngReader(int Width, int Height, int Channels, byte[] Pixels)
{
    public static PngReader Read(byte[] file)
    {
        file[..8].ShouldBe([137, 80, 78, 71, 13, 10, 26, 10]);
        var chunks = new List<(string Type, byte[] Data)>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            uint stored = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            Checksum(file.AsSpan(at + 4, 4 + length)).ShouldBe(stored);
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        chunks[0].Type.ShouldBe("IHDR");
        chunks[^1].Type.ShouldBe("IEND");
        byte[] header = chunks[0].Data;
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        header[8].ShouldBe((byte)8);
        int channels = header[9] == 6 ? 4 : 3;
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream([.. chunks.Where(c => c.Type == "IDAT").SelectMany(c => c.Data)]), CompressionMode.Decompress))
            zlib.CopyTo(inflated);
        byte[] lines = inflated.ToArray();
        int stride = width * channels;
        lines.Length.ShouldBe(height * (stride + 1));
        var pixels = new byte[height * stride];
        for (int y = 0; y < height; y++)
        {
            int filter = lines[y * (stride + 1)];
            filter.ShouldBeOneOf(0, 2);
            for (int i = 0; i < stride; i++)
                pixels[y * stride + i] = (byte)(lines[y * (stride + 1) + 1 + i] + (filter == 2 && y > 0 ? pixels[(y - 1) * stride + i] : 0));
        }

        return new PngReader(width, height, channels, pixels);
    }

    public string At(int x, int y) => Convert.ToHexStringLower(Pixels, (y * Width + x) * Channels, Channels);

    // Bit by bit from the polynomial, without a table.
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}
