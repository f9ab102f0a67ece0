using System.Text.Json;
using SpatialCluster.Data.Hdf5;

namespace SpatialCluster.Cli.Tests.Commands;

public sealed class OtherCommandsTests(SmallSlice slice) : IClassFixture<SmallSlice>
{
    [Fact]
    public void Simulate_Twice_ReplacesTheFilesWithTheSameBytes()
    {
        string folder = Path.Combine(slice.NewFolder(), "made", "here");
        string[] arguments = ["simulate", "--modalities", "rna,atac", "--grid", "6x12", "--features", "30", "--noise", "0.4", "--seed", "1", "--out", folder, "--json"];
        CommandRun run = CommandRun.Of(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("spots").GetInt32().ShouldBe(72);
        byte[] first = File.ReadAllBytes(Path.Combine(folder, "rna.h5ad"));
        CommandRun.Of(arguments).ExitCode.ShouldBe(0);
        File.ReadAllBytes(Path.Combine(folder, "rna.h5ad")).ShouldBe(first);
        var table = Hdf5TableReader.Describe(Path.Combine(folder, "atac.h5ad")).Tables[0];
        table.SpotColumns.Select(c => c.Name).ShouldContain("domain");
        table.HasCoordinates.ShouldBeTrue();
    }

    [Theory]
    [InlineData("--pattern", "none", "ggblocks")]
    [InlineData("--modalities", "rna,magic", "protein")]
    [InlineData("--grid", "7", "multiple of 6")]
    [InlineData("--grid", "axb", "36x48")]
    [InlineData("--features", "atac=3", "there is rna, protein")]
    public void Simulate_Nonsense_Exits2(string option, string value, string hint)
    {
        CommandRun run = CommandRun.Of("simulate", option, value, "--out", slice.NewFolder());
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(hint);
    }

    [Fact]
    public void Score_OutputOfIntegrate_AgreesWithItsOwnScores()
    {
        string output = Path.Combine(slice.NewFolder(), "o.h5ad");
        JsonElement integrated = CommandRun.Of(slice.Integrate(output, "--truth", "obs:domain", "--json")).Json;
        CommandRun run = CommandRun.Of("score", "--embedding", output, "--key", "X_spami", "--truth", "obs:input_domain", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        foreach (string name in new[] { "ari", "ami", "nmi", "moran" })
            run.Json.GetProperty(name).GetDouble().ShouldBe(integrated.GetProperty(name).GetDouble(), 1e-12, name);
        run.Json.GetProperty("silhouette").GetDouble().ShouldBeInRange(-1, 1);
        run.Json.GetProperty("neighbor_agreement").GetDouble().ShouldBeInRange(0, 1);
        CommandRun other = CommandRun.Of("score", "--embedding", output, "--truth", $"{slice.Rna}:domain", "--labels", "obs:domain", "--json");
        other.ExitCode.ShouldBe(0, other.Error);
        other.Json.GetProperty("ari").GetDouble().ShouldBe(integrated.GetProperty("ari").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("--key", "none", "X_spami")]
    [InlineData("--truth", "obs:none", "'domain'")]
    [InlineData("--domains", "145", "lower --domains")]
    public void Score_Nonsense_Exits2(string option, string value, string hint)
    {
        string output = Path.Combine(slice.NewFolder(), "o.h5ad");
        CommandRun integrated = CommandRun.Of(slice.Integrate(output));
        integrated.ExitCode.ShouldBe(0, integrated.Error);
        CommandRun run = CommandRun.Of("score", "--embedding", output, option, value);
        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain(hint);
    }

    [Fact]
    public void Inspect_Json_TellsShapesAndForecast()
    {
        CommandRun run = CommandRun.Of("inspect", slice.Rna, slice.Protein, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        JsonElement table = run.Json.GetProperty("files")[0].GetProperty("tables")[0];
        (table.GetProperty("spots").GetInt32(), table.GetProperty("features").GetInt32(), table.GetProperty("kind").GetString()).ShouldBe((144, 60, "rna"));
        table.GetProperty("values").GetProperty("negatives").GetInt64().ShouldBe(0);
        run.Json.GetProperty("forecast").GetProperty("training_mb").GetDouble().ShouldBeGreaterThan(0);
        CommandRun isolated = CommandRun.Of("inspect", slice.Rna, slice.Protein, "--json", "--untrusted");
        isolated.ExitCode.ShouldBe(0, isolated.Error);
        isolated.Json.GetProperty("files").ToString().ShouldBe(run.Json.GetProperty("files").ToString());
    }

    [Fact]
    public void Inspect_NegativeTableWithoutPlaces_HintsAtTheOptions()
    {
        string path = Path.Combine(slice.NewFolder(), "rna.csv");
        File.WriteAllText(path, "spot,g1,g2\na,1.5,-2\nb,2,0\nc,0,0\nd,1,0\n");
        CommandRun run = CommandRun.Of("inspect", path);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("--preprocessed rna");
        run.Output.ShouldContain("--coordinates xy.csv");
        run.Output.ShouldContain("1 of 4 spots have no counts");
    }

    [Fact]
    public void Inspect_FileMissing_Exits2()
    {
        CommandRun run = CommandRun.Of("inspect", "nowhere.h5ad");
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("There is no file nowhere.h5ad");
    }
}
