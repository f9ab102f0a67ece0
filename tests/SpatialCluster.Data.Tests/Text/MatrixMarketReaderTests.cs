using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

public sealed class MatrixMarketReaderTests : IDisposable
{
    private const string Banner = "%%MatrixMarket matrix coordinate integer general\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TenxFolderFiles_NamesTypesAndValues()
    {
        _folder.WriteGzip("features.tsv.gz", "ENSG1\tA\tGene Expression\nENSG2\tA\tGene Expression\nCD3\tCD3\tAntibody Capture\n");
        _folder.WriteGzip("barcodes.tsv.gz", "AAA-1\nCCC-1\n");
        string path = _folder.WriteGzip("matrix.mtx.gz", Banner + "%metadata\n3 2 4\n1 1 5\n3 1 7\n2 2 1\n3 2 0\n");
        MeasurementTable table = MatrixMarketReader.Read(path, new ReadOptions());
        table.SpotNames.ShouldBe(["AAA-1", "CCC-1"]);
        table.FeatureNames.ShouldBe(["A", "A-1", "CD3"]);
        table.FeatureTypes.ShouldBe(["Gene Expression", "Gene Expression", "Antibody Capture"]);
        Dense.Of(table.Values).ShouldBe([[5f, 0f, 7f], [0f, 1f, 0f]]);
        table.Values.NonZeros.ShouldBe(3);

        MeasurementTable part = MatrixMarketReader.Read(path, new ReadOptions { Part = "antibody capture" });
        part.FeatureNames.ShouldBe(["CD3"]);
        Dense.Of(part.Values).ShouldBe([[7f], [0f]]);
        Should.Throw<BadInputException>(() => MatrixMarketReader.Read(path, new ReadOptions { Part = "Peaks" })).Message.ShouldContain("'Antibody Capture', 'Gene Expression'");
    }

    [Fact]
    public void Read_EntriesInAnyOrder_SortedRows()
    {
        string path = _folder.Write("a.mtx", Banner + "3 3 5\n3 2 6\n1 1 1\n3 1 3\n1 3 7\n2 2 5\n");
        Dense.Of(MatrixMarketReader.Read(path, new ReadOptions()).Values).ShouldBe([[1f, 0f, 3f], [0f, 5f, 6f], [7f, 0f, 0f]]);
    }

    [Theory]
    [InlineData("%%MatrixMarket matrix coordinate real general\n3 2 3\n1 1 0.5\n2 2 2\n3 1 1e1\n")]
    [InlineData("%%MatrixMarket matrix array real general\n3 2\n0.5\n0\n10\n0 2\n0\n")]
    [InlineData("%%matrixmarket MATRIX Coordinate Real General\r\n%\r\n3 2 3\r\n1\t1   0.5\r\n2 2 2\r\n3 1 10\r\n")]
    public void Read_FormatsOfTheStandard_SameMatrix(string content)
    {
        string path = _folder.Write("a.mtx", content);
        MeasurementTable table = MatrixMarketReader.Read(path, new ReadOptions());
        Dense.Of(table.Values).ShouldBe([[0.5f, 0f, 10f], [0f, 2f, 0f]]);
        table.Warnings.Count.ShouldBe(2);
        Dense.Of(MatrixMarketReader.Read(path, new ReadOptions { FeaturesInRows = false }).Values).ShouldBe([[0.5f, 0f], [0f, 2f], [10f, 0f]]);
    }

    [Fact]
    public void Read_Pattern_Ones()
    {
        string path = _folder.Write("a.mtx", "%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 1\n2 2\n");
        Dense.Of(MatrixMarketReader.Read(path, new ReadOptions()).Values).ShouldBe([[1f, 0f], [0f, 1f]]);
    }

    [Fact]
    public void Read_SideFilesFitTheOtherWay_SpotsInRows()
    {
        _folder.Write("x_genes.txt", "g1\ng2\ng3\n");
        _folder.Write("x_spots.csv", "spot\ns1\ns2\n");
        string path = _folder.Write("x_counts.mtx", Banner + "2 3 1\n2 3 9\n");
        MeasurementTable table = MatrixMarketReader.Read(path, new ReadOptions());
        table.SpotNames.ShouldBe(["s1", "s2"]);
        Dense.Of(table.Values).ShouldBe([[0f, 0f, 0f], [0f, 0f, 9f]]);
    }

    [Fact]
    public void Read_SideFilesSaid_Taken()
    {
        string genes = _folder.Write("elsewhere/my_list.txt", "g1\n");
        string spots = _folder.Write("elsewhere/other.txt", "s1\ns2\n");
        string path = _folder.Write("a.mtx", Banner + "1 2 1\n1 2 9\n");
        MeasurementTable table = MatrixMarketReader.Read(path, new ReadOptions { FeatureNamesFile = genes, SpotNamesFile = spots });
        table.FeatureNames.ShouldBe(["g1"]);
        table.SpotNames.ShouldBe(["s1", "s2"]);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("1 1 1\n", "starts with '%%MatrixMarket")]
    [InlineData("%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 1\n", "'complex'")]
    [InlineData("%%MatrixMarket matrix coordinate real symmetric\n1 1 1\n1 1 1\n", "'symmetric'")]
    [InlineData("%%MatrixMarket matrix triangle real general\n1 1 1\n", "'triangle'")]
    [InlineData(Banner, "ends before the line with its sizes")]
    [InlineData(Banner + "2 two 1\n", "line 2: the size line")]
    [InlineData(Banner + "0 2 1\n", "line 2: the size line")]
    [InlineData(Banner + "4000000000 2 1\n", "line 2: the size line")]
    [InlineData(Banner + "999999999999999999 999999999999999999 1\n", "line 2: the size line")]
    [InlineData(Banner + "2 2 5\n", "5 entries do not fit 2 × 2")]
    [InlineData(Banner + "2 2 2\n1 1 1\n", "declares 2 entries and ends after 1")]
    [InlineData(Banner + "2 2 1\n1 1 1\n2 2 1\n", "line 4: the file declares 1 entries and holds more")]
    [InlineData(Banner + "2 2 1\n3 1 1\n", "(3, 1) lies outside 2 × 2")]
    [InlineData(Banner + "2 2 1\n0 1 1\n", "(0, 1) lies outside")]
    [InlineData(Banner + "2 2 1\n1 1 x\n", "line 3: the value is not a number")]
    [InlineData(Banner + "2 2 1\n1 1\n", "line 3: the value is not a number")]
    [InlineData(Banner + "2 2 1\n1 1 nan\n", "not finite")]
    [InlineData(Banner + "2 2 1\n1 1 1 1\n", "more on the line")]
    [InlineData(Banner + "2 2 2\n1 1 1\n1 1 2\n", "(1, 1) has two values")]
    [InlineData(Banner + "2000000000 2000000000 1\n1 1 1\n", "has no files of names")]
    [InlineData("%%MatrixMarket matrix array real general\n2 2\n1 2 3\n", "ends after 3")]
    [InlineData("%%MatrixMarket matrix array real general\n1 2\n1 2 3\n", "holds more")]
    public void Read_BadContent_SaysWhatAndWhere(string content, string expected)
    {
        string path = _folder.Write("a.mtx", content);
        BadInputException error = Should.Throw<BadInputException>(() => MatrixMarketReader.Read(path, new ReadOptions()));
        error.Message.ShouldContain(expected);
        error.Message.ShouldContain(path);
    }

    [Fact]
    public void Read_LyingSizes_AllocateNothingLikeThem()
    {
        string path = _folder.Write("a.mtx", Banner + "2000000000 2000000000 1000000000000\n1 1 1\n");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<BadInputException>(() => MatrixMarketReader.Read(path, new ReadOptions()));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8L << 20);
    }

    [Theory]
    [InlineData("g1\ng2\ng3\ng4\n", "s1\ns2\n", "do not belong together")]
    [InlineData("g1\ng2\ng3\n", "s1\ns2\n", "genes.tsv names 3 features")]
    [InlineData("g1\ng2\n", "s1\ns1\n", "'s1' stands at places 1 and 2")]
    public void Read_SideFilesThatDoNotFit_SaysBothCounts(string genes, string spots, string expected)
    {
        _folder.Write("genes.tsv", genes);
        _folder.Write("barcodes.tsv", spots);
        string path = _folder.Write("matrix.mtx", Banner + "2 2 1\n1 1 1\n");
        Should.Throw<BadInputException>(() => MatrixMarketReader.Read(path, new ReadOptions())).Message.ShouldContain(expected);
    }

    [Fact]
    public void Read_TenxFolder_WithPlacesOutsideIt()
    {
        _folder.Write("filtered_feature_bc_matrix/features.tsv", "E1\tA\tGene Expression\n");
        _folder.Write("filtered_feature_bc_matrix/barcodes.tsv", "AAA-1\nCCC-1\n");
        _folder.Write("filtered_feature_bc_matrix/matrix.mtx", Banner + "1 2 2\n1 1 5\n1 2 6\n");
        _folder.Write("spatial/tissue_positions_list.csv", "TTT-1,0,0,0,10,20\nCCC-1,1,0,2,11,21\nAAA-1,1,1,1,12,22\n");
        foreach (string folder in new[] { _folder.Root, _folder.Path("filtered_feature_bc_matrix/") })
        {
            MeasurementTable table = TenxFolderReader.Read(folder, new ReadOptions());
            table.SpotNames.ShouldBe(["AAA-1", "CCC-1"]);
            table.Coordinates.ShouldNotBeNull().X.ShouldBe([22.0, 21.0]);
            table.Coordinates!.Y.ShouldBe([12.0, 11.0]);
        }

        Should.Throw<BadInputException>(() => TenxFolderReader.Read(_folder.Path("spatial"), new ReadOptions())).Message.ShouldContain("no matrix.mtx");
    }
}
