using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>What campaigns that come over the network may read.</summary>
internal sealed class DataRootOptionSet : OptionSet
{
    private readonly Option<string[]> _roots;

    public DataRootOptionSet()
        : base("Campaigns over HTTP") =>
        _roots = Many("--root", "DIR", "A folder that their documents may read data from; none is open without it.");

    public IReadOnlyList<string> Read(ParseResult result) => result.GetValue(_roots) ?? [];
}
