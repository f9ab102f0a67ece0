using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Documents.Yaml;

/// <summary>A mapping whose keys are all known.</summary>
internal sealed class FieldSet
{
    private readonly Field _whole;
    private readonly YamlMap _map;

    /// <summary>Checks the keys.</summary>
    /// <exception cref="BadInputException">No mapping, or a key that is not known: the message names the nearest.</exception>
    public FieldSet(Field whole, IReadOnlyCollection<string> known)
    {
        _whole = whole;
        _map = whole.Item as YamlMap
            ?? throw whole.Error($"must be a mapping with keys such as {string.Join(", ", known.Take(3))}.");
        foreach (YamlEntry entry in _map.Entries)
        {
            // As compose files have it: a place for what anchors are taken from.
            if (whole.Path.Length == 0 && entry.Key.StartsWith("x-", StringComparison.Ordinal))
                continue;
            if (!known.Contains(entry.Key, StringComparer.Ordinal))
                throw (whole.Place with { Line = entry.Line }).Error($"has no key '{entry.Key}'; {Suggestions.Sentence(entry.Key, known)}");
        }
    }

    public Field Whole => _whole;

    /// <summary>The value of a key; null where it is not there.</summary>
    public Field? Find(string key) => _map.Entries.FirstOrDefault(e => e.Key == key) is { } entry ? _whole.Inner(entry) : null;

    /// <summary>The value of a key that must be there.</summary>
    public Field Required(string key, string example) => Find(key) ?? throw _whole.Error($"lacks '{key}'; add it, as in '{key}: {example}'.");
}
