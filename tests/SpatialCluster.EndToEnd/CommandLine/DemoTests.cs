using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>The first command that anyone runs.</summary>
public sealed class DemoTests(Workplace workplace) : IClassFixture<Workplace>
{
    private const string Python = "/usr/bin/python3";

    [SkippableFact]
    public void Demo_Short_WritesPagePictureAndAFileThatAnndataOpens()
    {
        string folder = workplace.NewFolder();
        CliProcess.Run(folder, "demo", "--grid", "12", "--epochs", "5").ShouldSucceed().Output.ShouldContain("report.html");
        string made = Path.Combine(folder, "spatialcluster-demo");

        File.ReadAllBytes(Path.Combine(made, "domains.png"))[..8].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        File.ReadAllText(Path.Combine(made, "domains.svg")).ShouldContain("<svg");
        string page = File.ReadAllText(Path.Combine(made, "report.html"));
        Regex.Matches(page, "(?:src|href|action)\\s*=\\s*[\"']?(?:https?:)?//|url\\(\\s*[\"']?(?:https?:)?//|@import").ShouldBeEmpty("the page must need nothing from elsewhere");

        Skip.IfNot(File.Exists(Python) && AsPython("import anndata").Code == 0, "python3-anndata is not installed");
        (int code, string said) = AsPython(
            $"""
             import anndata
             a = anndata.read_h5ad({Quoted(Path.Combine(made, "out.h5ad"))})
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
