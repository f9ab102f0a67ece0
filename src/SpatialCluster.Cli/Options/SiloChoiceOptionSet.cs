using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>Which silos are meant.</summary>
internal sealed class SiloChoiceOptionSet : OptionSet
{
    private readonly Option<bool> _all;

    public SiloChoiceOptionSet()
        : base("Silos") =>
        _all = Flag("--all", "Every silo that is alive.");

    public bool All(ParseResult result) => result.GetValue(_all);
}
