using System.Diagnostics;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Inspection;

/// <summary>Runs <c>inspect</c> in a child process, so that a damaged file can take that one down alone.</summary>
internal static class IsolatedInspection
{
    /// <summary>Runs the child and passes on what it says.</summary>
    /// <returns>The child's exit code.</returns>
    /// <exception cref="BadInputException">The child died.</exception>
    public static int Run(IReadOnlyList<string> files, bool json, CommandContext context)
    {
        (string executable, IReadOnlyList<string> arguments) = ChildReaderFormat.Self();
        var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (string argument in (IEnumerable<string>)[.. arguments, "inspect", .. files, .. json ? ["--json"] : Array.Empty<string>()])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using Process child = Process.Start(start)!;
        child.StandardInput.Close();
        using CancellationTokenRegistration kill = context.Cancellation.Register(() => child.Kill(entireProcessTree: true));
        var errors = new System.Text.StringBuilder();
        child.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        child.BeginErrorReadLine();
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        context.Cancellation.ThrowIfCancellationRequested();
        if (child.ExitCode is not (ExitCode.Done or ExitCode.BadInput))
            throw new BadInputException($"A file among {string.Join(", ", files)} made the reader fail (exit code {child.ExitCode}); it is damaged: fetch or write it anew.");
        context.Output.Write(output);
        context.Error.Write(errors.ToString().TrimEnd('\n') is { Length: > 0 } text ? text + "\n" : "");
        return child.ExitCode;
    }
}
