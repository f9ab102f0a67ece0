using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>How results are told.</summary>
internal sealed class TellingOptionSet : OptionSet
{
    private readonly Option<bool> _json;

    public TellingOptionSet()
        : base("Output") =>
        _json = Flag("--json", "Print one JSON object on standard output, and nothing else there.");

    public bool Json(ParseResult result) => result.GetValue(_json);
}
