using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>Options that belong together, under one heading in the help.</summary>
/// <param name="title">The heading.</param>
internal abstract class OptionSet(string title)
{
    private readonly List<Option> _options = [];

    public string Title { get; } = title;

    public IReadOnlyList<Option> Options => _options;

    /// <summary>An option with a value.</summary>
    protected Option<T> One<T>(string name, string value, string description, bool required = false)
    {
        var option = new Option<T>(name) { HelpName = value, Description = description, Required = required };
        _options.Add(option);
        return option;
    }

    /// <summary>An option that may be given several times.</summary>
    protected Option<string[]> Many(string name, string value, string description, bool required = false)
    {
        var option = new Option<string[]>(name) { HelpName = value, Description = description, Required = required, Arity = ArgumentArity.OneOrMore };
        _options.Add(option);
        return option;
    }

    /// <summary>An option that may be given several times, with a value or without.</summary>
    protected Option<string[]> ManyOrNone(string name, string value, string description)
    {
        var option = new Option<string[]>(name) { HelpName = $"[{value}]", Description = description, Arity = ArgumentArity.ZeroOrMore };
        _options.Add(option);
        return option;
    }

    /// <summary>An option without a value.</summary>
    protected Option<bool> Flag(string name, string description)
    {
        var option = new Option<bool>(name) { Description = description };
        _options.Add(option);
        return option;
    }
}
