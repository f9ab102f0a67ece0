using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>How files are looked into.</summary>
internal sealed class InspectOptions : OptionSet
{
    private readonly Option<bool> _untrusted;
    private readonly Option<bool> _json;

    public InspectOptions()
        : base("Inspect")
    {
        _untrusted = Flag("--untrusted", "Read the files in a child process: a damaged or malicious file cannot take this one down.");
        _json = Flag("--json", "Print one JSON object on standard output, and nothing else there.");
    }

    public bool Untrusted(ParseResult result) => result.GetValue(_untrusted);

    public bool Json(ParseResult result) => result.GetValue(_json);
}
