using System.Text.Json;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Tests.Integration;

public sealed class IntegrateTests(SmallSlice slice) : IClassFixture<SmallSlice>
{
    [Fact]
    public void Integrate_Json_PrintsOneObjectWithTheDocumentedNames()
    {
        string folder = slice.NewFolder();
        CommandRun run = CommandRun.Of(slice.Integrate(
            Path.Combine(folder, "o.h5ad"), "--truth", "obs:domain", "--domains", "3", "--json", "--report", Path.Combine(folder, "r.html"), "--csv", Path.Combine(folder, "d.csv"),
            "--picture", Path.Combine(folder, "d.png"), "--picture", Path.Combine(folder, "d.svg"), "--save-model", Path.Combine(folder, "m.model")));
        run.ExitCode.ShouldBe(0, run.Error);
        JsonElement json = run.Json;
        json.GetProperty("method").GetString().ShouldBe("spami");
        json.GetProperty("preset").GetString().ShouldBe("paper/simulated");
        json.GetProperty("seed").GetUInt64().ShouldBe(0UL);
        json.GetProperty("spots").GetInt32().ShouldBe(144);
        json.GetProperty("epochs").GetInt32().ShouldBe(4);
        json.GetProperty("domains").ValueKind.ShouldBe(JsonValueKind.Number);
        json.GetProperty("domain_search").GetProperty("wanted").GetInt32().ShouldBe(3);
        json.GetProperty("modalities").EnumerateArray().Select(m => m.GetProperty("name").GetString()).ShouldBe(["rna", "protein"]);
        json.GetProperty("modalities")[0].GetProperty("kind").GetString().ShouldBe("rna");
        foreach (string name in new[] { "train_seconds", "total_seconds", "peak_memory_mb", "final_loss", "moran", "ari", "ami", "nmi" })
            json.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Number, name);
        json.GetProperty("scores").GetProperty("v_measure").GetDouble().ShouldBeInRange(0, 1);
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["d.csv", "d.png", "d.svg", "m.model", "o.h5ad", "r.html"]);
        File.ReadLines(Path.Combine(folder, "d.csv")).First().ShouldBe("spot,x,y,domain,input_domain,attention_rna,attention_protein");
        JsonElement outputs = json.GetProperty("outputs");
        foreach (string name in new[] { "h5ad", "report", "csv", "model" })
            File.Exists(outputs.GetProperty(name).GetString()).ShouldBeTrue(name);
        File.ReadAllText(Path.Combine(folder, "r.html")).ShouldContain("<!DOCTYPE html>");
    }

    [Fact]
    public void Integrate_SameInputElsewhereAndOtherThreads_GivesTheSameBytes()
    {
        string first = Path.Combine(slice.NewFolder(), "o.h5ad");
        string folder = slice.NewFolder();
        File.Copy(slice.Rna, Path.Combine(folder, "rna.h5ad"));
        File.Copy(slice.Protein, Path.Combine(folder, "protein.h5ad"));
        string second = Path.Combine(folder, "other.h5ad");
        ShouldSucceed(slice.Integrate(first, "--threads", "1", "--denoise", "--truth", "obs:domain"));
        CommandRun.Of(
            "integrate", "--modality", $"rna={folder}/rna.h5ad", "--modality", $"protein={folder}/protein.h5ad", "--epochs", "4", "--hidden-width", "16", "--embedding-width", "8",
            "--out", second, "--threads", "2", "--denoise", "--truth", "obs:domain", "--report", Path.Combine(folder, "r.html")).ExitCode.ShouldBe(0);
        File.ReadAllBytes(second).ShouldBe(File.ReadAllBytes(first));
    }

    [Fact]
    public void Integrate_OtherSeed_GivesOtherBytes()
    {
        string folder = slice.NewFolder();
        ShouldSucceed(slice.Integrate(Path.Combine(folder, "a.h5ad")));
        ShouldSucceed(slice.Integrate(Path.Combine(folder, "b.h5ad"), "--seed", "1"));
        Embedding(Path.Combine(folder, "a.h5ad")).ShouldNotBe(Embedding(Path.Combine(folder, "b.h5ad")));
    }

    [Fact]
    public void Integrate_LoadedModel_GivesTheTrainedEmbedding()
    {
        string folder = slice.NewFolder();
        string model = Path.Combine(folder, "m.model");
        ShouldSucceed(slice.Integrate(Path.Combine(folder, "a.h5ad"), "--save-model", model));
        CommandRun run = CommandRun.Of(
            "integrate", "--modality", $"rna={slice.Rna}", "--modality", $"protein={slice.Protein}", "--load-model", model, "--out", Path.Combine(folder, "b.h5ad"), "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("epochs").GetInt32().ShouldBe(0);
        run.Json.GetProperty("final_loss").ValueKind.ShouldBe(JsonValueKind.Null);
        Embedding(Path.Combine(folder, "b.h5ad")).ShouldBe(Embedding(Path.Combine(folder, "a.h5ad")));
    }

    [Fact]
    public void Integrate_LoadedModelWithAHyperParameter_IsRefused()
    {
        CommandRun run = CommandRun.Of(slice.Integrate(Path.Combine(slice.NewFolder(), "a.h5ad"), "--load-model", "m"));
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--load-model");
    }

    [Fact]
    public void Integrate_CancelledAndResumed_GivesTheBytesOfAnUndisturbedRun()
    {
        string folder = slice.NewFolder();
        string whole = Path.Combine(folder, "whole.h5ad"), parted = Path.Combine(folder, "parted.h5ad");
        ShouldSucceed(slice.Integrate(whole));
        using var source = new CancellationTokenSource();
        using var error = new CancellingWriter("epoch 2/4", source);
        CommandRun cancelled = CommandRun.With(
            context => context with { Error = error, Cancellation = source.Token, Clock = new SteppingClock(TimeSpan.FromSeconds(10)) }, slice.Integrate(parted, "--checkpoint-interval", "1e6"));
        cancelled.ExitCode.ShouldBe(3);
        cancelled.Output.ShouldBeEmpty();
        error.ToString().ShouldContain("--resume");
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["parted.h5ad.checkpoint", "whole.h5ad"]);

        CommandRun resumed = CommandRun.With(context => context with { Clock = new SteppingClock(TimeSpan.FromSeconds(10)) }, slice.Integrate(parted, "--resume"));
        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Error.ShouldNotContain("epoch 2/4");
        resumed.Error.ShouldContain("epoch 3/4");
        File.ReadAllBytes(parted).ShouldBe(File.ReadAllBytes(whole));
        Directory.GetFiles(folder).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("domains")]
    [InlineData("write")]
    public void Integrate_CancelledAfterTheTraining_KeepsItAndResumesAtOnce(string stage)
    {
        string folder = slice.NewFolder();
        string whole = Path.Combine(folder, "whole.h5ad"), parted = Path.Combine(folder, "parted.h5ad");
        ShouldSucceed(slice.Integrate(whole));
        using var source = new CancellationTokenSource();
        using var error = new CancellingWriter(stage, source);
        CommandRun cancelled = CommandRun.With(context => context with { Error = error, Cancellation = source.Token }, slice.Integrate(parted));
        cancelled.ExitCode.ShouldBe(3, error.ToString());
        error.ToString().ShouldContain("--resume");
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["parted.h5ad.checkpoint", "whole.h5ad"]);

        CommandRun resumed = CommandRun.Of(slice.Integrate(parted, "--resume"));
        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Error.ShouldNotContain("epoch");
        File.ReadAllBytes(parted).ShouldBe(File.ReadAllBytes(whole));
        Directory.GetFiles(folder).Length.ShouldBe(2);
    }

    [Fact]
    public void Integrate_CancelledWhileReadingBesideAnOldCheckpoint_DoesNotClaimIt()
    {
        string output = Path.Combine(slice.NewFolder(), "o.h5ad");
        File.WriteAllText($"{output}.checkpoint", "of another run");
        using var source = new CancellationTokenSource();
        using var error = new CancellingWriter("read", source);
        CommandRun cancelled = CommandRun.With(context => context with { Error = error, Cancellation = source.Token }, slice.Integrate(output));
        cancelled.ExitCode.ShouldBe(3);
        error.ToString().ShouldContain("Cancelled; nothing was written.");
        File.ReadAllText($"{output}.checkpoint").ShouldBe("of another run");
    }

    [Fact]
    public void Integrate_ResumeWithoutCheckpoint_BeginsAnewAndSaysSo()
    {
        CommandRun run = CommandRun.Of(slice.Integrate(Path.Combine(slice.NewFolder(), "a.h5ad"), "--resume", "--json"));
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("notes").EnumerateArray().ShouldContain(note => note.GetString()!.Contains("no checkpoint"));
    }

    [Fact]
    public void Integrate_PresetWantsMoreComponentsThanThereAre_TakesThoseAndSaysSo()
    {
        CommandRun run = CommandRun.Of(slice.Integrate(Path.Combine(slice.NewFolder(), "a.h5ad"), "--preset", "paper/simulated-tutorial", "--json"));
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("notes").EnumerateArray().ShouldContain(note => note.GetString()!.Contains("60 components, fewer than the 100"));
    }

    [Fact]
    public void Integrate_Denoise_WritesValuesPerFeatureWithTheirNames()
    {
        string output = Path.Combine(slice.NewFolder(), "a.h5ad");
        ShouldSucceed(slice.Integrate(output, "--denoise"));
        using var rna = AnnDataFile.ReadEmbedding(output, "denoised_rna").Values;
        using var protein = AnnDataFile.ReadEmbedding(output, "denoised_protein").Values;
        (rna.Rows, rna.Columns, protein.Columns).ShouldBe((144, 60, 20));
        using var attention = AnnDataFile.ReadEmbedding(output, "attention").Values;
        (attention.Row(0)[0] + attention.Row(0)[1]).ShouldBe(1, 1e-5);
    }

    [Fact]
    public void Integrate_SingleModalityAndConcatenation_Work()
    {
        string folder = slice.NewFolder();
        CommandRun one = CommandRun.Of(
            "integrate", "--modality", $"rna={slice.Rna}", "--epochs", "2", "--hidden-width", "16", "--embedding-width", "8", "--out", Path.Combine(folder, "a.h5ad"), "--json");
        one.ExitCode.ShouldBe(0, one.Error);
        CommandRun side = CommandRun.Of(slice.Integrate(Path.Combine(folder, "b.h5ad"), "--fusion", "concatenation", "--json"));
        side.ExitCode.ShouldBe(0, side.Error);
        side.Json.GetProperty("modalities")[0].GetProperty("mean_attention").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Integrate_PeaksFewerThanThePresetsComponents_TakesAllThereAre()
    {
        string folder = slice.NewFolder();
        CommandRun.Of("simulate", "--modalities", "atac", "--features", "30", "--grid", "12", "--out", folder).ExitCode.ShouldBe(0);
        string[] arguments = ["integrate", "--modality", $"atac={folder}/atac.h5ad", "--epochs", "2", "--hidden-width", "16", "--embedding-width", "8", "--out", $"{folder}/o.h5ad", "--json"];
        CommandRun run = CommandRun.Of(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("modalities")[0].GetProperty("width").GetInt32().ShouldBe(29);
        CommandRun.Of([.. arguments, "--components", "50"]).ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Integrate_Untrusted_GivesTheSameBytes()
    {
        string folder = slice.NewFolder();
        ShouldSucceed(slice.Integrate(Path.Combine(folder, "a.h5ad")));
        CommandRun run = CommandRun.Of(slice.Integrate(Path.Combine(folder, "b.h5ad"), "--untrusted"));
        run.ExitCode.ShouldBe(0, run.Error);
        File.ReadAllBytes(Path.Combine(folder, "b.h5ad")).ShouldBe(File.ReadAllBytes(Path.Combine(folder, "a.h5ad")));
    }

    [Fact]
    public void Integrate_Human_TellsScoresAndOutputs()
    {
        string output = Path.Combine(slice.NewFolder(), "a.h5ad");
        CommandRun run = CommandRun.Of(slice.Integrate(output, "--truth", "obs:domain"));
        run.Output.ShouldContain("ARI");
        run.Output.ShouldContain(output);
        run.Output.ShouldNotContain("\u001b[");
        run.Error.ShouldContain("preprocess rna");
    }

    [Fact]
    public void Presets_AllOfThem_AreNamedInTheHelp() =>
        MethodCatalogue.All.SelectMany(method => method.Presets).ShouldAllBe(preset => CommandRun.Of("integrate", "--help").Output.Contains(preset.Name));

    private static void ShouldSucceed(string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
    }

    private static float[] Embedding(string path)
    {
        using var values = AnnDataFile.ReadEmbedding(path, "X_spami").Values;
        return values.ToArray();
    }
}
