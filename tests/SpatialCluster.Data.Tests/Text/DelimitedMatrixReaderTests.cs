using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

public sealed class DelimitedMatrixReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv", ",g1,g2\ns1,1,0\ns2,0,2.5\n")]
    [InlineData("a.csv", "spot,g1,g2\r\ns1,1,0\r\ns2,0,2.5")]
    [InlineData("a.csv", "g1,g2\ns1,1,0\ns2,0,2.5\n")]
    [InlineData("a.csv", "\uFEFF\"\",\"g1\",\"g2\"\n\"s1\",1,0\n\n\"s2\",\"0\",25e-1\n")]
    [InlineData("a.tsv", "\tg1\tg2\ns1\t1\t0\ns2\t0\t2.5\n")]
    [InlineData("a.csv", ";g1;g2\ns1;1;0\ns2;0;2.5\n")]
    [InlineData("a.txt", "\"g1\" \"g2\"\n\"s1\" 1 0\n\"s2\" 0 2.5\n")]
    [InlineData("a.csv", "spot\tg1\tg2\ns1\t1\t0\ns2\t0\t2.5\n")]
    [InlineData("a.csv", "Anything,g1,g2\ns1, 1 ,-0\ns2,0.0,2.50\n")]
    public void Read_ShapesThatPeopleHave_SameTable(string name, string content)
    {
        foreach (string path in new[] { _folder.Write(name, content), _folder.WriteGzip(name + ".gz", content) })
        {
            MeasurementTable table = DelimitedMatrixReader.Read(path, new ReadOptions());
            table.SpotNames.ShouldBe(["s1", "s2"]);
            table.FeatureNames.ShouldBe(["g1", "g2"]);
            table.Warnings.ShouldBeEmpty();
            table.Values.NonZeros.ShouldBe(2);
            Dense.Of(table.Values).ShouldBe([[1f, 0f], [0f, 2.5f]]);
        }
    }

    [Fact]
    public void Read_FeaturesInRows_Transposed()
    {
        string path = _folder.Write("a.csv", ",s1,s2,s3\ng1,1,0,3\ng2,0,2,0\n");
        MeasurementTable table = DelimitedMatrixReader.Read(path, new ReadOptions { FeaturesInRows = true });
        table.SpotNames.ShouldBe(["s1", "s2", "s3"]);
        table.FeatureNames.ShouldBe(["g1", "g2"]);
        Dense.Of(table.Values).ShouldBe([[1f, 0f], [0f, 2f], [3f, 0f]]);
    }

    [Fact]
    public void Read_NoNameColumn_RowsNumberedWithWarning()
    {
        string path = _folder.Write("a.csv", "CD3,CD4\n1,0\n2,3\n");
        MeasurementTable table = DelimitedMatrixReader.Read(path, new ReadOptions());
        table.SpotNames.ShouldBe(["0", "1"]);
        table.FeatureNames.ShouldBe(["CD3", "CD4"]);
        table.Warnings.ShouldHaveSingleItem().ShouldContain("no column of spot names");
    }

    [Fact]
    public void Read_NumbersAsFeatureNames_StayAHeader()
    {
        string path = _folder.Write("a.csv", "50.1,51.2\n1,0\n2,3\n");
        MeasurementTable table = DelimitedMatrixReader.Read(path, new ReadOptions());
        table.FeatureNames.ShouldBe(["50.1", "51.2"]);
        table.SpotNames.Count.ShouldBe(2);
    }

    [Fact]
    public void Read_NoHeader_FirstLineIsARow()
    {
        string path = _folder.Write("a.csv", "0,0,4\n1,0,0\n");
        MeasurementTable table = DelimitedMatrixReader.Read(path, new ReadOptions());
        Dense.Of(table.Values).ShouldBe([[0f, 0f, 4f], [1f, 0f, 0f]]);
        table.Warnings.Count.ShouldBe(2);
    }

    [Fact]
    public void Read_NumericNameColumn_IsTakenByItsHeader()
    {
        string path = _folder.Write("a.csv", "cell_id,CD3\n17,1\n4,3\n");
        DelimitedMatrixReader.Read(path, new ReadOptions()).SpotNames.ShouldBe(["17", "4"]);
    }

    [Fact]
    public void Read_FeaturesOfOneName_MadeUniqueAsScanpyDoes()
    {
        string path = _folder.Write("a.csv", ",a,a,a-1,b,a\ns1,1,2,3,4,5\n");
        MeasurementTable table = DelimitedMatrixReader.Read(path, new ReadOptions());
        table.FeatureNames.ShouldBe(["a", "a-2", "a-1", "b", "a-3"]);
        table.Warnings.ShouldHaveSingleItem().ShouldContain("'a'");
    }

    [Fact]
    public void Read_QuotedNames_KeepSeparatorsAndQuotes()
    {
        string path = _folder.Write("a.csv", ",\"C14(2,3)\",\"say \"\"hi\"\"\"\n\"s,1\",1,2\n");
        MeasurementTable table = DelimitedMatrixReader.Read(path, new ReadOptions());
        table.FeatureNames.ShouldBe(["C14(2,3)", "say \"hi\""]);
        table.SpotNames.ShouldBe(["s,1"]);
    }

    [Fact]
    public void Read_LinesLongerThanTheBuffer_Whole()
    {
        const int features = 300_000;
        string header = string.Concat(Enumerable.Range(0, features).Select(i => $",g{i}"));
        string row = string.Concat(Enumerable.Range(0, features).Select(i => i % 1000 == 7 ? ",3" : ",0"));
        string path = _folder.Write("a.csv", $"{header}\ns1{row}\ns2{row}\n");
        MeasurementTable table = DelimitedMatrixReader.Read(path, new ReadOptions());
        table.FeatureNames.Count.ShouldBe(features);
        table.Values.NonZeros.ShouldBe(600);
        table.Values.RowColumns(1)[299].ShouldBe(299_007);
    }

    [Fact]
    public void Read_SeveralGzipMembers_AllOfThem()
    {
        byte[] members = [.. TemporaryFolder.Gzip(",g1\ns1,1\n"u8.ToArray()), .. TemporaryFolder.Gzip("s2,2\n"u8.ToArray())];
        DelimitedMatrixReader.Read(_folder.Write("a.csv.gz", members), new ReadOptions()).SpotNames.ShouldBe(["s1", "s2"]);
    }
}
