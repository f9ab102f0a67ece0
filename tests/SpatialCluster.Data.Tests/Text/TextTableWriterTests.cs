using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

public sealed class TextTableWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Domains_PlainBytes()
    {
        string path = _folder.Path("d.csv");
        TextTableWriter.Write(path, [TextColumn.Of("spot", ["a", "b,c"]), TextColumn.Of("domain", [3, -1]), TextColumn.Of("attention_rna", 2, row => row == 0 ? 0.1f : 1e-9f), TextColumn.Of("x", [0.1, 2])]);
        File.ReadAllText(path).ShouldBe("spot,domain,attention_rna,x\na,3,0.1,0.1\n\"b,c\",-1,1E-09,2\n");
        Directory.GetFiles(_folder.Root).ShouldHaveSingleItem();
    }

    [Fact]
    public void Write_NoFolder_RefusedWithItsName() =>
        Should.Throw<BadInputException>(() => TextTableWriter.Write(_folder.Path("none/d.csv"), [TextColumn.Of("spot", ["a"])]))
            .Message.ShouldContain($"there is no folder {_folder.Path("none")}");

    [Fact]
    public void Write_ColumnsOfDifferentLength_Refused() =>
        Should.Throw<ArgumentException>(() => TextTableWriter.Write(_folder.Path("d.csv"), [TextColumn.Of("a", ["1"]), TextColumn.Of("b", [1, 2])]));
}
