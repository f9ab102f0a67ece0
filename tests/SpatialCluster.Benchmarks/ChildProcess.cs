using System.Diagnostics;
using System.Globalization;

namespace SpatialCluster.Benchmarks;

/// <summary>
/// Runs one part of a benchmark in a process of its own, so that its peak of resident memory owes nothing to what ran before.
/// The child prints figures as <c>name=value</c>.
/// </summary>
internal static class ChildProcess
{
    /// <summary>The hidden first argument of a child.</summary>
    public const string Switch = "--child";

    /// <summary>Runs a role of <see cref="ChildRoles"/> in a fresh process.</summary>
    /// <param name="arguments">The role and its arguments.</param>
    /// <returns>The figures, in the order the child printed them.</returns>
    public static IReadOnlyList<KeyValuePair<string, double>> Run(params string[] arguments)
    {
        using Process child = Start(arguments);
        var figures = new List<KeyValuePair<string, double>>();
        while (child.StandardOutput.ReadLine() is { } line)
        {
            string[] parts = line.Split('=');
            figures.Add(new(parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture)));
        }

        child.WaitForExit();
        return child.ExitCode == 0 ? figures : throw new InvalidOperationException($"The child '{string.Join(' ', arguments)}' ended with {child.ExitCode}.");
    }

    /// <summary>Begins a role of <see cref="ChildRoles"/> in a fresh process.</summary>
    /// <param name="arguments">The role and its arguments.</param>
    /// <returns>The process, with its standard output to be read.</returns>
    public static Process Start(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        string[] own = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "SpatialCluster.Benchmarks.dll")] : [];
        return Process.Start(new ProcessStartInfo(program, [.. own, Switch, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    }

    /// <summary>One figure of those.</summary>
    public static double Of(this IReadOnlyList<KeyValuePair<string, double>> figures, string name) => figures.First(f => f.Key == name).Value;

    /// <summary>Prints a figure for the parent.</summary>
    public static void Tell(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:R}"));
}
