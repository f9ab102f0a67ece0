using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Benchmarks;

/// <summary>The same work in Debian's Python, where its packages are installed.</summary>
internal static class PythonReference
{
    private const string Python = "/usr/bin/python3";

    /// <summary>Runs a script that finds the features as <c>x</c> (float32) and prints numbers, one per line.</summary>
    /// <param name="features">Spots × features.</param>
    /// <param name="script">The script; what it imports decides whether it can run.</param>
    /// <returns>The numbers, or null where Python or a package is missing.</returns>
    public static double[]? Run(Matrix features, string script)
    {
        if (!File.Exists(Python))
            return null;
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["features"], MemoryMarshal.AsBytes(features.ToArray().AsSpan()).ToArray());
        string start = string.Create(
            CultureInfo.InvariantCulture,
            $"import time, warnings, numpy as np; warnings.filterwarnings('ignore')\nx = np.fromfile('{folder["features"]}', np.float32).reshape({features.Rows}, {features.Columns})\n");
        var info = new ProcessStartInfo(Python) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add(start + script);
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0)
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        string? missing = errors.Result.Split('\n').FirstOrDefault(line => line.StartsWith("ModuleNotFoundError", StringComparison.Ordinal));
        return missing is not null ? null : throw new InvalidOperationException($"The reference in Python failed: {errors.Result}");
    }
}
