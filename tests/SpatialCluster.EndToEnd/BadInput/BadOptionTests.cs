using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.BadInput;

/// <summary>Command lines that make no sense, and places that cannot be written to.</summary>
public sealed class BadOptionTests(Workplace workplace) : IClassFixture<Workplace>
{
    [Theory]
    [InlineData("--preset", "paper/nothing", "'paper/nothing'", "paper/mouse-thymus")]
    [InlineData("--domain", "5", "'--domain'", "Did you mean --domains?")]
    [InlineData("--domains", "145", "145", "--domains")]
    [InlineData("--report", "nowhere/r.html", "nowhere", "create it")]
    public void Integrate_BadOption_NamesTheWayOut(string option, string value, string what, string hint) => Refused([option, value], what, hint);

    [Fact]
    public void Integrate_DomainsAndResolution_NotBoth() => Refused(["--domains", "5", "--resolution", "1"], "--domains", "--resolution", "not both");

    [Fact]
    public void Integrate_OutputFolderMissing_IsSaid() => Refused(["--out", "nowhere/o.h5ad"], "nowhere/o.h5ad", "create it");

    [Fact]
    public void Integrate_CheckpointDamaged_SaysToDeleteIt()
    {
        string folder = workplace.NewFolder();
        File.WriteAllText(Path.Combine(folder, "o.h5ad.checkpoint"), "no checkpoint");
        Workplace.Integrate(folder, "--modality", $"rna={workplace.Rna}", "--resume").ShouldBeRefused("o.h5ad.checkpoint", "delete it");
        // It is the user's to delete.
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["o.h5ad.checkpoint"]);
    }

    private void Refused(string[] options, params string[] parts)
    {
        string folder = workplace.NewFolder();
        string[] output = options.Contains("--out") ? [] : ["--out", "o.h5ad"];
        CliProcess.Run(folder, ["integrate", .. Workplace.Small, "--modality", $"rna={workplace.Rna}", .. output, .. options]).ShouldBeRefused(parts);
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }
}
