using System.Diagnostics;
using System.Globalization;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Isolation;

/// <summary>
/// Reads files of unknown origin in a child process, because a damaged or malicious file can take the HDF5 library, and
/// with it the process, down. The child gets a limit of memory and time; what it sends back is checked.
/// </summary>
/// <param name="executable">A program that calls <see cref="Serve"/> on its standard output.</param>
/// <param name="arguments">Its arguments.</param>
public sealed class IsolatedReader(string executable, IReadOnlyList<string> arguments)
{
    private const int MostErrorCharacters = 4096;

    /// <summary>How long the child may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How much memory the child may take for data, and how much of it is taken in; at least 256 MiB.</summary>
    public long MemoryLimitBytes { get; init; } = long.Max(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>What the child process does: reads, and writes the table or the reason why there is none.</summary>
    /// <param name="read">Reads the table.</param>
    /// <param name="output">The child's standard output.</param>
    public static void Serve(Func<MeasurementTable> read, Stream output)
    {
        MeasurementTable table;
        try
        {
            table = read();
        }
        catch (SpatialClusterException failure)
        {
            MeasurementTableStream.WriteError(failure.Message, output);
            return;
        }
        catch (OutOfMemoryException)
        {
            MeasurementTableStream.WriteError("The file needs more memory than it is allowed to take; allow more, or read it without isolation if you trust it.", output);
            return;
        }

        MeasurementTableStream.Write(table, output);
    }

    /// <summary>Reads one table in a child process.</summary>
    /// <param name="path">The file, for messages; the arguments name it for the child.</param>
    /// <param name="cancellation">Ends the child.</param>
    /// <returns>The table.</returns>
    /// <exception cref="BadInputException">The child's reason, or its death, or a limit that it exceeded.</exception>
    public MeasurementTable Read(string path, CancellationToken cancellation = default)
    {
        using Process child = Start(path);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        using CancellationTokenRegistration kill = limit.Token.Register(() => Kill(child));
        var errors = new System.Text.StringBuilder();
        child.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null && errors.Length < MostErrorCharacters)
                errors.AppendLine(line.Data);
        };
        child.BeginErrorReadLine();
        try
        {
            MeasurementTable table = MeasurementTableStream.Read(child.StandardOutput.BaseStream, MemoryLimitBytes);
            Kill(child);
            return table;
        }
        catch (BadInputException failure)
        {
            bool ended = child.WaitForExit(TimeSpan.FromSeconds(10));
            Kill(child);

            // Without a time limit this also waits for the last of the error output.
            child.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested)
                throw new BadInputException($"{path} could not be read within {Timeout.TotalSeconds:0.#} s; it is damaged, or allow more time.", failure);
            if (ended && child.ExitCode == 0)
                throw;
            string end = ended ? string.Create(CultureInfo.InvariantCulture, $"exit code {child.ExitCode}") : "it had to be ended";
            throw new BadInputException(
                $"{path}: the file made the HDF5 library fail ({end}{LastLine(errors)}); it is damaged: fetch or write it anew.", failure);
        }
    }

    private static void Kill(Process child)
    {
        try
        {
            child.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static string LastLine(System.Text.StringBuilder errors)
    {
        string[] lines = errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? "" : $": {lines[0]}";
    }

    // The shell sets the limit for the child alone. It is one of data, not of address space: the runtime reserves far more
    // of that than it uses.
    private Process Start(string path)
    {
        long limit = long.Max(256L << 20, MemoryLimitBytes);
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"ulimit -c 0; ulimit -d {limit >> 10}; exec \"$0\" \"$@\"");
        start.ArgumentList.Add(executable);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        try
        {
            Process child = Process.Start(start)!;
            child.StandardInput.Close();
            return child;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new SpatialClusterException(
                FailureKind.Permanent,
                $"{path} cannot be read in a child process, because {executable} did not start ({failure.Message}); read it without isolation if you trust it.",
                failure);
        }
    }
}
