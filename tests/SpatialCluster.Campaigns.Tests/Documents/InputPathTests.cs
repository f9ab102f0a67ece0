using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Tests.Documents;

public sealed class InputPathTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("campaign-paths-").FullName;

    public InputPathTests()
    {
        Directory.CreateDirectory(Path.Combine(_top, "own", "data"));
        Directory.CreateDirectory(Path.Combine(_top, "other"));
        foreach (string file in (string[])["own/data/rna.csv", "other/rna.csv", "other/secret.csv"])
            File.WriteAllText(Path.Combine(_top, file), "spot,g1,g2\na,1,2\nb,3,4\n");
    }

    private string Own => Path.Combine(_top, "own");

    public void Dispose() => Directory.Delete(_top, recursive: true);

    [Theory]
    [InlineData("data/rna.csv")]
    [InlineData("./data/../data/rna.csv")]
    [InlineData("../own/data/rna.csv")]
    public void Parse_FileBelowTheFolder_IsTakenByItsOwnName(string path)
    {
        FileDataset files = Parse(path).Datasets[0].Files!;
        files.Files.ShouldBe([new DatasetFile("rna.csv", Path.Combine(Own, "data", "rna.csv"))]);
        files.Modalities[0].File.ShouldBe("rna.csv");
    }

    [Theory]
    [InlineData("../other/rna.csv")]
    [InlineData("data/../../other/rna.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("/etc/there-is-no-such-file")]
    public void Parse_PathThatLeaves_IsRefusedAlikeWhetherItExists(string path) =>
        Refused(path).ShouldContain("which leads outside");

    [Fact]
    public void Parse_LinksThatLeave_AreRefused()
    {
        File.CreateSymbolicLink(Path.Combine(Own, "link.csv"), "../other/secret.csv");
        Directory.CreateSymbolicLink(Path.Combine(Own, "folder"), Path.Combine(_top, "other"));
        Refused("link.csv").ShouldContain("which leads outside");
        Refused("folder/rna.csv").ShouldContain("which leads outside");
    }

    [Fact]
    public void Parse_LinksInACircle_AreRefused()
    {
        File.CreateSymbolicLink(Path.Combine(Own, "one.csv"), "two.csv");
        File.CreateSymbolicLink(Path.Combine(Own, "two.csv"), "one.csv");
        Refused("one.csv").ShouldContain("circle");
    }

    [Fact]
    public void Parse_NamesBesideAMatrixThatAreLinksOutside_AreRefused()
    {
        File.WriteAllText(Path.Combine(Own, "matrix.mtx"), "%%MatrixMarket matrix coordinate integer general\n2 2 1\n1 1 1\n");
        File.CreateSymbolicLink(Path.Combine(Own, "barcodes.tsv"), "../other/secret.csv");
        File.WriteAllText(Path.Combine(Own, "features.tsv"), "a\nb\n");
        Refused("matrix.mtx").ShouldContain("which leads outside");
    }

    [Fact]
    public void Parse_MatrixWithNamesBeside_TakesThemAlong()
    {
        File.WriteAllText(Path.Combine(Own, "matrix.mtx"), "%%MatrixMarket matrix coordinate integer general\n2 2 1\n1 1 1\n");
        File.WriteAllText(Path.Combine(Own, "barcodes.tsv"), "a\nb\n");
        File.WriteAllText(Path.Combine(Own, "features.tsv"), "a\nb\n");
        FileDataset files = Parse("matrix.mtx").Datasets[0].Files!;
        files.Files.Select(f => f.Name).ShouldBe(["rna/matrix.mtx", "rna/features.tsv", "rna/barcodes.tsv"]);
        files.Modalities[0].File.ShouldBe("rna/matrix.mtx");
    }

    [Fact]
    public void Parse_FolderOf10x_TakesMatrixNamesAndPlaces()
    {
        string folder = Directory.CreateDirectory(Path.Combine(Own, "run", "filtered_feature_bc_matrix")).FullName;
        Directory.CreateDirectory(Path.Combine(Own, "run", "spatial"));
        foreach (string file in (string[])["matrix.mtx", "barcodes.tsv", "features.tsv", "notes.txt", "../spatial/tissue_positions.csv"])
            File.WriteAllText(Path.Combine(folder, file), "x\n");
        FileDataset files = Parse("run/").Datasets[0].Files!;
        files.Modalities[0].File.ShouldBe("rna/run");
        files.Files.Select(f => f.Name).ShouldBe(
            ["rna/run/filtered_feature_bc_matrix/matrix.mtx", "rna/run/filtered_feature_bc_matrix/features.tsv", "rna/run/filtered_feature_bc_matrix/barcodes.tsv", "rna/run/spatial/tissue_positions.csv"]);
    }

    [Fact]
    public void Parse_FolderThatIsAllowed_MayBeReached()
    {
        var options = new CampaignReadOptions { Folder = Own, Roots = [Path.Combine(_top, "other")] };
        Parse(Path.Combine(_top, "other", "rna.csv"), options).Datasets[0].Files!.Files.ShouldHaveSingleItem();
        Should.Throw<BadInputException>(() => Parse("../third.csv", options));
    }

    [Fact]
    public void Parse_NoSuchFile_SaysWhereItWasLookedFor() => Refused("data/rnaa.csv").ShouldContain(Path.Combine(Own, "data", "rnaa.csv"));

    [Fact]
    public void Parse_ColumnsBehindAPath_StayBehindTheName()
    {
        string text = Text("data/rna.csv").Replace("methods:", "    coordinates: data/rna.csv:g1,g2\n    truth: data/rna.csv:g1\nmethods:", StringComparison.Ordinal);
        FileDataset files = CampaignReader.Parse(text, "a.yaml", new CampaignReadOptions { Folder = Own }).Datasets[0].Files!;
        files.Coordinates.ShouldBe("rna.csv:g1,g2");
        files.Truth.ShouldBe("rna.csv:g1");
        files.Files.ShouldHaveSingleItem();
    }

    private static string Text(string path) => $"name: a\ndatasets:\n  - name: d\n    modalities: {{ rna: {{ file: \"{path}\" }} }}\nmethods: [spami]\n";

    private CampaignDocument Parse(string path, CampaignReadOptions? options = null) =>
        CampaignReader.Parse(Text(path), "a.yaml", options ?? new CampaignReadOptions { Folder = Own });

    private string Refused(string path)
    {
        string message = Should.Throw<BadInputException>(() => Parse(path)).Message;
        message.ShouldStartWith("a.yaml:4: datasets[0].modalities.rna.file");
        return message;
    }
}
