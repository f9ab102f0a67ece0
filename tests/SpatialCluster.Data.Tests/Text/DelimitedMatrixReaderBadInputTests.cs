using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

public sealed class DelimitedMatrixReaderBadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n\n", "is empty")]
    [InlineData(",g1,g2\n", "header line and no rows")]
    [InlineData("1,2,3\n", "one line only")]
    [InlineData("name\ns1\ns2\n", "no numbers")]
    [InlineData(",g1,g2\ns1,1,2\ns2,1\n", "line 3: 2 fields where 3 are expected")]
    [InlineData(",g1,g2\ns1,1,2\n\ns2,1,2,3\n", "line 4: 4 fields where 3 are expected")]
    [InlineData(",g1,g2\ns1,1,2,3,4\n", "line 2: 5 fields, but the header has 3")]
    [InlineData(",g1,g2\ns1,1,2\ns2,1,tumour\n", "line 3, column 3 (g2): 'tumour' is not a number")]
    [InlineData(",g1,g2\ns1,1,2\ns2,,2\n", "line 3, column 2 (g1): the value is missing (empty)")]
    [InlineData(",g1,g2\ns1,1,NaN\n", "line 2, column 3 (g2): the value is missing (NaN)")]
    [InlineData(",g1,g2\ns1,NA,2\n", "the value is missing (NA)")]
    [InlineData(",g1,g2\ns1,inf,2\n", "column 2 (g1)")]
    [InlineData(",g1,g2\ns1,1e39,2\n", "not finite in single precision")]
    [InlineData(",g1,g2\ns1,1,2\ns2,1,2\ns1,3,4\n", "'s1' stands on lines 2 and 4")]
    [InlineData(",g1,g2\n,1,2\n", "name in the first column is empty")]
    [InlineData(",g1,g2\n\"s1,1,2\n", "a quoted field is not closed")]
    [InlineData("a\0b,c\n", "not a text file")]
    public void Read_BadContent_SaysWhatAndWhere(string content, string expected)
    {
        string path = _folder.Write("a.csv", content);
        BadInputException error = Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(path, new ReadOptions()));
        error.Message.ShouldContain(expected);
        error.Message.ShouldContain(path);
    }

    [Fact]
    public void Read_SpotsTwiceInTheHeader_SaysTheColumns()
    {
        string path = _folder.Write("a.csv", ",s1,s2,s1\ng1,1,2,3\n");
        Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(path, new ReadOptions { FeaturesInRows = true }))
            .Message.ShouldContain("columns 2 and 4");
    }

    [Fact]
    public void Read_Utf16_SaysSo() =>
        Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(_folder.Write("a.csv", [0xFF, 0xFE, 0x2C, 0]), new ReadOptions()))
            .Message.ShouldContain("UTF-16");

    [Fact]
    public void Read_MissingFileOrFolder_SaysSo()
    {
        Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(_folder.Path("none.csv"), new ReadOptions())).Message.ShouldContain("no file");
        Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(_folder.Root, new ReadOptions())).Message.ShouldContain("is a folder");
    }

    [Fact]
    public void Read_LayerOrPartOfText_Refused()
    {
        string path = _folder.Write("a.csv", ",g1\ns1,1\n");
        Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(path, new ReadOptions { Layer = "counts" })).Message.ShouldContain("no layer 'counts'");
        Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(path, new ReadOptions { Part = "rna" })).Message.ShouldContain("no part 'rna'");
    }

    [Fact]
    public void Read_GzipCutAnywhere_RefusedAsDamaged()
    {
        string content = ",g1,g2\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"s{i},{i * 37 % 11},{i * 53 % 7}\n"));
        byte[] whole = TemporaryFolder.Gzip(System.Text.Encoding.UTF8.GetBytes(content));
        for (int length = 2; length < whole.Length; length++)
        {
            string path = _folder.Write("cut.csv.gz", whole[..length]);
            Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(path, new ReadOptions()), $"cut to {length} of {whole.Length} bytes")
                .Message.ShouldContain("gzip");
        }
    }

    [Fact]
    public void Read_GzipWithAFlippedBitInTheChecksum_Refused()
    {
        byte[] whole = TemporaryFolder.Gzip(",g1\ns1,1\n"u8.ToArray());
        whole[^6] ^= 1;
        string path = _folder.Write("a.csv.gz", whole);
        Should.Throw<BadInputException>(() => DelimitedMatrixReader.Read(path, new ReadOptions())).Message.ShouldContain("gzip");
    }
}
