using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>What is to be done with a campaign's document.</summary>
internal sealed class CampaignRunOptions : OptionSet
{
    private readonly Option<bool> _dryRun;
    private readonly Option<string[]> _roots;
    private readonly Option<string?> _folder;

    public CampaignRunOptions()
        : base("Campaign")
    {
        _dryRun = Flag("--dry-run", "Say what would be done, what is done already, and what memory and time it may take; write nothing.");
        _roots = Many("--root", "DIR", "A folder that the document may read data from, beside its own.");
        _folder = One<string?>("--out", "DIR", "Where the report and the tables go (default ./NAME-report).");
    }

    public bool DryRun(ParseResult result) => result.GetValue(_dryRun);

    public IReadOnlyList<string> Roots(ParseResult result) => result.GetValue(_roots) ?? [];

    /// <summary>The folder that was given; null where none was.</summary>
    public string? Folder(ParseResult result) => result.GetValue(_folder);
}
