using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>The first commands that anyone runs.</summary>
public sealed class DemoTests(Workplace workplace) : IClassFixture<Workplace>
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void Demo_Interrupted_SaysHowToGoOn()
    {
        string folder = workplace.NewFolder();
        using CliProcess running = CliProcess.Start(folder, "demo", "--threads", "1");
        running.InterruptAt("grains");
        CliResult stopped = running.Finish();
        stopped.ExitCode.ShouldBe(3, stopped.Error);
        stopped.Output.ShouldBeEmpty();
        string store = Path.Combine(folder, "spatialcluster-demo", "store");
        stopped.Complaint.ShouldContain($"campaign resume demo-");
        stopped.Complaint.ShouldContain(store);
        CliResult status = CliProcess.Run(folder, "campaign", "status", "demo", "--store", store, "--json").ShouldSucceed();
        status.Number("done").ShouldBeInRange(1, status.Number("grains") - 1);
    }

    [SkippableFact]
    public void Integrate_Short_WritesPagePictureAndAFileThatAnndataOpens()
    {
        string made = workplace.NewFolder();
        Workplace.Integrate(
            made, "--modality", $"rna={workplace.Rna}", "--modality", $"protein={workplace.Protein}", "--truth", "obs:domain", "--report", "report.html", "--picture", "domains.png", "--picture", "domains.svg")
            .ShouldSucceed().Output.ShouldContain("report.html");

        File.ReadAllBytes(Path.Combine(made, "domains.png"))[..8].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        File.ReadAllText(Path.Combine(made, "domains.svg")).ShouldContain("<svg");
        string page = File.ReadAllText(Path.Combine(made, "report.html"));
        Regex.Matches(page, "(?:src|href|action)\\s*=\\s*[\"']?(?:https?:)?//|url\\(\\s*[\"']?(?:https?:)?//|@import").ShouldBeEmpty("the page must need nothing from elsewhere");

        Skip.IfNot(File.Exists(Python) && AsPython("import anndata").Code == 0, "python3-anndata is not installed");
        (int code, string said) = AsPython(
            $"""
             import anndata
             a = anndata.read_h5ad({Quoted(Path.Combine(made, "o.h5ad"))})
             print(a.n_obs, a.obsm["X_spami"].shape[0], a.obsm["spatial"].shape[1], a.obs["domain"].dtype.name)
             """);
        code.ShouldBe(0, said);
        said.Trim().ShouldEndWith("144 144 2 category");
    }

    private static string Quoted(string text) => $"\"{text}\"";

    private static (int Code, string Said) AsPython(string code)
    {
        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", code]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
