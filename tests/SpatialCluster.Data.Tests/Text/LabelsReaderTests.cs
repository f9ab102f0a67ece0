using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

public sealed class LabelsReaderTests : IDisposable
{
    private static readonly string[] s_spots = ["a", "b", "c"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("spot,domain\nc,z\na,y\nb,NA\n")]
    [InlineData("spot,domain,other\na,y,1\nb,,2\nc,z,3\nd,q,4\n")]
    [InlineData("domain,x\ny,1\nnan,1\nz,1\n")]
    public void Read_ByNameOrOrder_SortedCategories(string content)
    {
        SpotLabels labels = LabelsReader.Read(_folder.Write("l.csv", content), "domain", s_spots);
        labels.Annotation.Name.ShouldBe("domain");
        labels.Annotation.Categories.ShouldBe(["y", "z"]);
        labels.Annotation.Codes.ShouldBe([0, -1, 1]);
        labels.Labelled.ShouldBe(2);
    }

    [Fact]
    public void Read_NoColumnSaid_TheOnlyOneOrRefused()
    {
        LabelsReader.Read(_folder.Write("l.csv", "\"\",\"x\"\n\"a\",\"u\"\n\"b\",\"v\"\n\"c\",\"u\"\n"), null, s_spots).Annotation.Codes.ShouldBe([0, 1, 0]);
        Should.Throw<BadInputException>(() => LabelsReader.Read(_folder.Write("m.csv", "spot,p,q\na,1,2\n"), null, s_spots)).Message.ShouldContain("--truth");
    }

    [Fact]
    public void Read_NumberedSpots_AreNotJoinedByAColumnOfOtherNumbers()
    {
        string path = _folder.Write("l.csv", "size,domain\n1,y\n7,z\n9,y\n");
        LabelsReader.Read(path, "domain", ["0", "1", "2"]).Annotation.Codes.ShouldBe([0, 1, 0]);
    }

    [Theory]
    [InlineData("spot,domain\na,NA\nb,\nc,nan\n", "none of the 3 spots has a label")]
    [InlineData("spot,cluster\na,1\nb,1\nc,2\n", "no column 'domain'")]
    [InlineData("spot,domain\nq,1\nr,1\ns,2\n", "none of the 3 spots is in column 'spot'")]
    [InlineData("domain\ny\nz\n", "2 rows and no column of spot names")]
    public void Read_BadContent_SaysWhat(string content, string expected)
    {
        string path = _folder.Write("l.csv", content);
        Should.Throw<BadInputException>(() => LabelsReader.Read(path, "domain", s_spots)).Message.ShouldContain(expected);
    }
}
