using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>Where the files of a command go, and how its results are told.</summary>
internal sealed class FolderOptions : OptionSet
{
    private readonly Option<string?> _folder;
    private readonly Option<bool> _json;

    public FolderOptions(string value, string description, bool required)
        : base("Output")
    {
        _folder = One<string?>("--out", value, description, required);
        _json = Flag("--json", "Print one JSON object on standard output, and nothing else there.");
    }

    public string? Folder(ParseResult result) => result.GetValue(_folder);

    public bool Json(ParseResult result) => result.GetValue(_json);
}
