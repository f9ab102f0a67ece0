using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5;

namespace SpatialCluster.Cli.Tests.Integration;

/// <summary>The other methods of <c>integrate</c>.</summary>
public sealed class MethodTests(SmallSlice slice) : IClassFixture<SmallSlice>
{
    [Theory]
    [InlineData("spatialglue", "--epochs", "4")]
    [InlineData("mofa", "--parameter", "iterations=10")]
    [InlineData("wnn", "--parameter", "range=60")]
    [InlineData("pca")]
    [InlineData("random")]
    [InlineData("truth", "--truth", "obs:domain")]
    public void Integrate_WithAMethod_WritesItsEmbeddingAndDomains(string method, params string[] more)
    {
        string folder = slice.NewFolder(), output = Path.Combine(folder, "o.h5ad"), page = Path.Combine(folder, "r.html");
        CommandRun run = CommandRun.Of(Arguments(method, output, [.. more, "--domains", "4", "--report", page, "--csv", Path.Combine(folder, "d.csv"), "--json"]));
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("method").GetString().ShouldBe(method);
        run.Json.GetProperty("spots").GetInt32().ShouldBe(144);
        run.Json.GetProperty("domains").GetInt32().ShouldBeGreaterThan(0);
        var table = Hdf5TableReader.Describe(output).Tables[0];
        table.Spots.ShouldBe(144);
        table.SpotColumns.Select(c => c.Name).ShouldContain("domain");
        File.ReadLines(Path.Combine(folder, "d.csv")).Count().ShouldBe(145);
        File.ReadAllText(page).ShouldContain("<!DOCTYPE html>");
        if (method == "wnn")
        {
            Should.Throw<Exception>(() => AnnDataFile.ReadEmbedding(output, "X_wnn")).Message.ShouldContain("X_wnn");
            return;
        }

        using var embedding = AnnDataFile.ReadEmbedding(output, $"X_{method}").Values;
        embedding.Rows.ShouldBe(144);
        embedding.ToArray().ShouldAllBe(value => float.IsFinite(value));
        embedding.ToArray().Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Integrate_SpatialGlueDenoised_WritesValuesPerGene()
    {
        string output = Path.Combine(slice.NewFolder(), "o.h5ad");
        CommandRun run = CommandRun.Of(Arguments("spatialglue", output, ["--epochs", "3", "--denoise"]));
        run.ExitCode.ShouldBe(0, run.Error);
        using var denoised = AnnDataFile.ReadEmbedding(output, "denoised_rna").Values;
        denoised.Rows.ShouldBe(144);
        denoised.ToArray().ShouldAllBe(value => float.IsFinite(value));
    }

    [Theory]
    [InlineData("There is no method 'magic'", "magic")]
    [InlineData("needs the known domains", "truth")]
    [InlineData("the method pca reconstructs no features", "pca", "--denoise")]
    [InlineData("the method wnn reconstructs no features", "wnn", "--denoise")]
    [InlineData("keeps a trained spami only", "spatialglue", "--epochs", "2", "--save-model", "m.model")]
    [InlineData("has no parameter 'epochs'", "pca", "--epochs", "5")]
    [InlineData("no parameter 'iteration'; did you mean 'iterations'?", "mofa", "--parameter", "iteration=5")]
    [InlineData("must be NAME=VALUE", "mofa", "--parameter", "iterations")]
    [InlineData("--parameter iterations=many: iterations is 'many'", "mofa", "--parameter", "iterations=many")]
    [InlineData("--epochs: epochs is 'many'", "spami", "--epochs", "many")]
    [InlineData("--neighbors is 1;", "wnn", "--neighbors", "1")]
    [InlineData("at most 143", "wnn", "--neighbors", "150")]
    [InlineData("epochs", "spami", "--parameter", "epochs=0")]
    [InlineData("has no preset 'paper/simulated'; known are seurat4", "wnn", "--preset", "paper/simulated")]
    public void Integrate_MethodAskedForTheImpossible_Exits2InOneSentence(string hint, string method, params string[] more)
    {
        string folder = slice.NewFolder();
        CommandRun run = CommandRun.Of(Arguments(method, Path.Combine(folder, "o.h5ad"), more));
        run.ExitCode.ShouldBe(2, run.Output);
        run.Output.ShouldBeEmpty();
        string said = run.Error.Split('\n').Where(line => line.StartsWith("spatialcluster: ", StringComparison.Ordinal)).ShouldHaveSingleItem(run.Error);
        said.ShouldContain(hint, Case.Insensitive);
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    public void Integrate_ParameterAndItsOption_AreTheSame()
    {
        string folder = slice.NewFolder(), first = Path.Combine(folder, "a.h5ad"), second = Path.Combine(folder, "b.h5ad");
        CommandRun.Of(Arguments("spami", first, ["--epochs", "3", "--hidden-width", "16", "--embedding-width", "8"])).ExitCode.ShouldBe(0);
        CommandRun.Of(Arguments("spami", second, ["--parameter", "epochs=3", "--parameter", "hidden-width=16", "--parameter", "embedding-width=8"])).ExitCode.ShouldBe(0);
        File.ReadAllBytes(second).ShouldBe(File.ReadAllBytes(first));
    }

    private string[] Arguments(string method, string output, string[] more) =>
        ["integrate", "--method", method, "--modality", $"rna={slice.Rna}", "--modality", $"protein={slice.Protein}", "--out", output, .. more];
}
