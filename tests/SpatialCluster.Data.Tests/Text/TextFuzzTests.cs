using System.Diagnostics;
using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

/// <summary>Damaged files of every text format: a clear error or a valid table, never another exception, a hang or a huge allocation.</summary>
public sealed class TextFuzzTests : IDisposable
{
    private static readonly string[] s_spots = ["s1", "s2", "12x34", "AAA-1"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv", ",g1,g2,g3\ns1,1,0,2.5\n\"s2\",0,3,1e2\n12x34,0,0,7\nAAA-1,0,0,0\n")]
    [InlineData("a.tsv", "g1\tg2\ns1\t1\t0\ns2\t0\t3\n12x34\t4\t5\n")]
    [InlineData("a.mtx", "%%MatrixMarket matrix coordinate integer general\n%c\n4 3 5\n1 1 5\n2 1 6\n4 2 7\n3 3 8\n1 3 9\n")]
    [InlineData("a.txt", "%%MatrixMarket matrix array real general\n2 3\n1\n2\n3\n4\n5\n6\n")]
    public void Table_DamagedHundredsOfTimes_ErrorOrValidTable(string name, string content) => Fuzz(name, content, path =>
    {
        foreach (bool? featuresInRows in new bool?[] { null, true, false })
        {
            MeasurementTable table = new TableReader().Read(path, new ReadOptions { FeaturesInRows = featuresInRows });
            Dense.IsValid(table.Values).ShouldBeTrue();
            table.SpotNames.Count.ShouldBe(table.Values.Rows);
            table.FeatureNames.Count.ShouldBe(table.Values.Columns);
            table.SpotNames.Distinct().Count().ShouldBe(table.SpotNames.Count);
        }
    });

    [Theory]
    [InlineData("c.csv", "spot,x,y,in_tissue\ns1,1,2,1\ns2,3,4,0\n12x34,5,6,1\nAAA-1,7,8,1\n")]
    [InlineData("c.tsv", "1\t2\n3\t4\n5\t6\n7\t8\n")]
    [InlineData("p.csv", "s1,1,0,0,10,20\ns2,1,0,2,11,21\n12x34,0,1,1,12,22\nAAA-1,0,1,1,12,22\n")]
    public void Coordinates_DamagedHundredsOfTimes_ErrorOrFinitePlaces(string name, string content) => Fuzz(name, content, path =>
    {
        SpotPlaces places = CoordinatesReader.Read(path, s_spots);
        for (int i = 0; i < s_spots.Length; i++)
            double.IsFinite(places.Coordinates.X[i]).ShouldBe(places.Placed[i]);
    });

    [Fact]
    public void Labels_DamagedHundredsOfTimes_ErrorOrValidCodes() => Fuzz(
        "l.csv",
        "spot,domain\ns1,\"a\"\ns2,b\n12x34,NA\nAAA-1,a\n",
        path =>
        {
            SpotLabels labels = LabelsReader.Read(path, null, s_spots);
            labels.Annotation.Codes.ShouldAllBe(code => code >= -1 && code < labels.Annotation.Categories.Count);
        });

    [Fact]
    public void SideNames_DamagedHundredsOfTimes_ErrorOrValidTable()
    {
        string matrix = _folder.Write("m.mtx", "%%MatrixMarket matrix coordinate integer general\n2 3 1\n1 1 5\n");
        _folder.Write("m_barcodes.tsv", "s1\ns2\ns3\n");
        Fuzz("m_features.tsv", "E1\tA\tGene Expression\nE2\tB\tPeaks\n", _ => MatrixMarketReader.Read(matrix, new ReadOptions()).FeatureNames.Count.ShouldBe(2));
    }

    private void Fuzz(string name, string content, Action<string> read)
    {
        byte[] plain = Encoding.UTF8.GetBytes(content);
        byte[] gzip = TemporaryFolder.Gzip(plain);
        int refused = 0;
        var clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (ulong seed = 0; seed < 400; seed++)
        {
            var stream = new RandomStream(RandomStream.DeriveKey(seed, name));
            byte[] damaged = Damage(seed % 4 == 3 ? gzip : plain, stream);
            string path = _folder.Write(name, damaged);
            try
            {
                read(path);
            }
            catch (SpatialClusterException error)
            {
                error.Message.ShouldNotBeNullOrWhiteSpace();
                refused++;
            }
            catch (Exception error) when (error is not ShouldAssertException)
            {
                throw new ShouldAssertException($"seed {seed}: {error}", error);
            }
        }

        refused.ShouldBeInRange(20, 400);
        clock.Elapsed.TotalSeconds.ShouldBeLessThan(30);
        ((GC.GetAllocatedBytesForCurrentThread() - before) / 400).ShouldBeLessThan(48L << 20, "mean bytes allocated per damaged file");
    }

    private static byte[] Damage(byte[] bytes, RandomStream stream)
    {
        switch (stream.NextInt(6))
        {
            case 0:
                return bytes[..stream.NextInt(bytes.Length)];
            case 1:
                return Changed(bytes, stream, (old, s) => (byte)(old ^ (1 << s.NextInt(8))), 1 + stream.NextInt(3));
            case 2:
                return Changed(bytes, stream, (_, s) => (byte)"0123456789,\t\n\r \"%x;.-eNa\0"[s.NextInt(25)], 1 + stream.NextInt(4));
            case 3:
                // A size or value that lies: digits put where digits are.
                return Grown(bytes, stream, "999999999");
            case 4:
                int from = stream.NextInt(bytes.Length);
                int to = from + stream.NextInt(bytes.Length - from);
                return [.. bytes[..to], .. bytes[from..]];
            default:
                return Changed(bytes, stream, (_, s) => (byte)s.NextInt(256), 8);
        }
    }

    private static byte[] Changed(byte[] bytes, RandomStream stream, Func<byte, RandomStream, byte> change, int times)
    {
        var changed = (byte[])bytes.Clone();
        for (int i = 0; i < times; i++)
        {
            int at = stream.NextInt(changed.Length);
            changed[at] = change(changed[at], stream);
        }

        return changed;
    }

    private static byte[] Grown(byte[] bytes, RandomStream stream, string digits)
    {
        int[] places = [.. Enumerable.Range(0, bytes.Length).Where(i => char.IsAsciiDigit((char)bytes[i]))];
        int at = places.Length == 0 ? 0 : places[stream.NextInt(places.Length)];
        return [.. bytes[..at], .. Encoding.ASCII.GetBytes(digits[..(1 + stream.NextInt(digits.Length))]), .. bytes[at..]];
    }
}
