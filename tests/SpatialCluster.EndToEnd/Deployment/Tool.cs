using System.Diagnostics;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>A program of this machine that a test wants; without it, the test is skipped and says so.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>The path of the first of these programs that is here, or a skipped test.</summary>
    public static string Require(string package, params string[] names)
    {
        string? path = Folders().SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Skip.If(path is null, $"{names[0]} is missing; run: apt-get install {package}");
        return path;
    }

    /// <summary>Runs a program to its end.</summary>
    public static ToolResult Run(string program, IEnumerable<string> arguments, string? folder = null, string? input = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (input is not null)
                process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit(Patience).ShouldBeTrue($"{program} hangs");
            return new ToolResult(process.ExitCode, output.Result, error.Result);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    // Service users do not always have the second half on their path.
    private static IEnumerable<string> Folders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(["/usr/local/bin", "/usr/bin", "/usr/sbin", "/sbin"]);
}
