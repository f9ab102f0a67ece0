using System.Diagnostics;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Isolation;
using Xunit.Abstractions;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class Hdf5FuzzTests(ITestOutputHelper output)
{
    private const int Cases = 350;

    [Fact]
    public void Read_DamagedFiles_AreRefusedOrValid()
    {
        using var folder = new TemporaryFolder();
        var outcomes = new Dictionary<string, int>();
        var findings = new List<string>();
        var deaths = new List<int>();
        for (int next = 0; next < Cases;)
            next = RunChild(next, folder["damaged.h5"], outcomes, findings, deaths);

        foreach ((string outcome, int count) in outcomes.OrderBy(pair => pair.Key))
            output.WriteLine($"{outcome}: {count}");
        output.WriteLine($"libhdf5 took the process down: {string.Join(", ", deaths)}");
        findings.ShouldBeEmpty();
        outcomes.GetValueOrDefault("refused").ShouldBeGreaterThan(Cases / 5);
        outcomes.GetValueOrDefault("valid").ShouldBeGreaterThan(Cases / 5, "one damaged file must not spoil the next");

        // Those that the library does not survive are what isolation is for.
        deaths.Count.ShouldBeLessThan(Cases / 20);
        foreach (int death in deaths.Take(2))
        {
            File.WriteAllBytes(folder["death.h5"], Hdf5Fuzzer.Case(death).Bytes);
            string[] command = ChildEntry.Command("read", folder["death.h5"]);
            try
            {
                Tables.RequireValid(new IsolatedReader(command[0], command[1..]) { Timeout = TimeSpan.FromSeconds(4) }.Read(folder["death.h5"]));
            }
            catch (BadInputException failure)
            {
                output.WriteLine(failure.Message);
            }
        }
    }

    private static int RunChild(int first, string scratch, Dictionary<string, int> outcomes, List<string> findings, List<int> deaths)
    {
        string[] command = ChildEntry.Command("fuzz", first.ToString(), Cases.ToString(), scratch);
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])["-c", "ulimit -c 0; ulimit -d 2000000; exec \"$0\" \"$@\"", .. command])
            start.ArgumentList.Add(argument);
        using Process child = Process.Start(start)!;
        child.ErrorDataReceived += (_, _) => { };
        child.BeginErrorReadLine();
        int current = first - 1;
        bool open = false;
        while (NextLine(child) is { } line)
        {
            if (line.StartsWith("case ", StringComparison.Ordinal))
            {
                current = int.Parse(line[5..]);
                open = true;
                continue;
            }

            open = false;
            string outcome = line.StartsWith("FAILED", StringComparison.Ordinal) ? "failed" : line;
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            if (outcome == "failed")
                findings.Add($"{current} ({Hdf5Fuzzer.Case(current).Name}): {line}");
        }

        child.WaitForExit();
        if (open)
            deaths.Add(current);
        current.ShouldBeGreaterThanOrEqualTo(first, "the child did not start");
        return current + 1;
    }

    // A case on which the library never returns (a heap object of no length) is ended, and counted as a death.
    private static string? NextLine(Process child)
    {
        Task<string?> line = child.StandardOutput.ReadLineAsync();
        if (line.Wait(TimeSpan.FromSeconds(4)))
            return line.Result;
        child.Kill(entireProcessTree: true);
        return null;
    }
}
