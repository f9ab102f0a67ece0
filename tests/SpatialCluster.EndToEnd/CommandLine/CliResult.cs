using System.Text.Json;

namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>What a run of the program came to.</summary>
internal sealed record CliResult(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON object that it must be.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string Notes => string.Join('\n', Json.GetProperty("notes").EnumerateArray().Select(note => note.GetString()));

    public double Number(string name) => Json.GetProperty(name).GetDouble();

    /// <summary>What the program said of a failure: one line behind its name.</summary>
    public string Complaint
    {
        get
        {
            const string Name = "spatialcluster: ";
            string[] lines = Error.Split('\n');
            string line = lines.Where(l => l.StartsWith(Name, StringComparison.Ordinal)).ShouldHaveSingleItem(Error);
            // A wrong command line is followed by where the right one is explained; nothing else follows.
            lines[(Array.IndexOf(lines, line) + 1)..].ShouldAllBe(l => l.Length == 0 || l.EndsWith("--help' explains it.", StringComparison.Ordinal), Error);
            return line[Name.Length..];
        }
    }

    public CliResult ShouldSucceed()
    {
        ExitCode.ShouldBe(0, Error);
        return this;
    }

    /// <summary>Exit code 2, nothing on standard output, and one sentence with these parts.</summary>
    public void ShouldBeRefused(params string[] parts)
    {
        ExitCode.ShouldBe(2, Error);
        Output.ShouldBeEmpty();
        foreach (string part in parts)
            Complaint.ShouldContain(part, Case.Sensitive);
        Complaint.ShouldEndWith(Complaint.Contains("Did you mean", StringComparison.Ordinal) ? "?" : ".");
    }
}
