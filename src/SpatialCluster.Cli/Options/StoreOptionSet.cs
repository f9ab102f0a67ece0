using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>Where results are kept.</summary>
internal sealed class StoreOptionSet : OptionSet
{
    /// <summary>The environment variable that names the store.</summary>
    public const string Variable = "SPATIALCLUSTER_STORE";

    private const string DefaultFolder = "spatialcluster-store";

    private readonly Option<string?> _store;

    public StoreOptionSet()
        : base("Store") =>
        _store = One<string?>("--store", "DIR", $"Where results are kept: a folder, made where it is missing (default ${Variable}, else ./{DefaultFolder}).");

    /// <summary>The store that is meant.</summary>
    public string Location(ParseResult result) =>
        result.GetValue(_store) ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : DefaultFolder);
}
