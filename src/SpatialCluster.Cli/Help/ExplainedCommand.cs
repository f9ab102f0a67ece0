using System.CommandLine;
using SpatialCluster.Cli.Options;

namespace SpatialCluster.Cli.Help;

/// <summary>A command whose help shows its options in groups, and examples.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does, in a sentence or two.</param>
internal abstract class ExplainedCommand(string name, string description) : Command(name, description)
{
    private readonly List<OptionSet> _groups = [];

    /// <summary>The options, by subject.</summary>
    public IReadOnlyList<OptionSet> Groups => _groups;

    /// <summary>Command lines that work, each on one line or more.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>Adds a group of options.</summary>
    protected T Add<T>(T group)
        where T : OptionSet
    {
        _groups.Add(group);
        foreach (Option option in group.Options)
            Options.Add(option);
        return group;
    }
}
