using System.Diagnostics;
using System.Text.Json;

namespace SpatialCluster.Data.Tests.Hdf5;

/// <summary>Debian's Python with anndata, in a child process.</summary>
internal static class PythonAnnData
{
    private const string Python = "/usr/bin/python3";

    public static void Require()
    {
        Skip.IfNot(File.Exists(Python), $"{Python} is not there");
        Skip.IfNot(Run("import anndata").Code == 0, "python3-anndata is not installed");
    }

    public static JsonElement Evaluate(string script, params string[] arguments)
    {
        (int code, string output, string errors) = Run(script, arguments);
        code.ShouldBe(0, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    public static bool TryRun(string script, params string[] arguments) =>
        File.Exists(Python) && Run(script, arguments).Code == 0;

    private static (int Code, string Output, string Errors) Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])["-W", "ignore", "-c", script, .. arguments])
            start.ArgumentList.Add(argument);
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, output, errors.Result);
    }
}
