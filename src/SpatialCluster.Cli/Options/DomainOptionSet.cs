using System.CommandLine;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Options;

/// <summary>How domains are found in the embedding.</summary>
internal sealed class DomainOptionSet : OptionSet
{
    private readonly Option<int?> _domains;
    private readonly Option<double?> _resolution;
    private readonly Option<int?> _neighbours;
    private readonly Option<string?> _components;

    public DomainOptionSet()
        : base("Domains")
    {
        _domains = One<int?>("--domains", "N", "The wanted number of domains; Leiden's resolution is searched for it. Where it cannot be had, the nearest number, and the output says so.");
        _resolution = One<double?>("--resolution", "R", "Leiden's resolution, instead of --domains (default: the preset's).");
        _neighbours = One<int?>("--cluster-neighbors", "N", "Neighbours of a spot in the embedding, itself included (default: the preset's 50).");
        _components = One<string?>("--cluster-components", "N|none", "Cluster so many principal components of the embedding instead of it (default: the preset's).");
        _resolution.Validators.Add(given =>
        {
            if (given.GetResult(_domains) is not null)
                given.AddError("Give --domains or --resolution, not both.");
        });
    }

    /// <summary>The preset's way with what was given in its place.</summary>
    /// <exception cref="BadInputException">A number out of range.</exception>
    public DomainOptions Read(ParseResult result, DomainOptions preset)
    {
        int? domains = result.GetValue(_domains);
        double? resolution = result.GetValue(_resolution);
        if (domains is < 1)
            throw new BadInputException($"--domains is {domains}; it must be at least 1.");
        if (resolution is { } value && !(double.IsFinite(value) && value > 0))
            throw new BadInputException($"--resolution is {value}; it must be a positive number.");
        int neighbours = result.GetValue(_neighbours) ?? preset.Neighbours;
        if (neighbours < 2)
            throw new BadInputException($"--cluster-neighbors is {neighbours}; it must be at least 2.");
        return preset with
        {
            Domains = domains ?? (resolution is null ? preset.Domains : null),
            Resolution = resolution ?? preset.Resolution,
            Neighbours = neighbours,
            PrincipalComponents = result.GetValue(_components) switch
            {
                null => preset.PrincipalComponents,
                "none" => null,
                string text => ValueText.Count(_components.Name, text, 1),
            },
        };
    }

    /// <summary>Whether the number of neighbours is an order rather than the preset's wish.</summary>
    public bool NeighboursGiven(ParseResult result) => result.GetValue(_neighbours) is not null;
}
