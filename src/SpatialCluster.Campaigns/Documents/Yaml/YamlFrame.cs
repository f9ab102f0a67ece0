using SpatialCluster.Compute.Errors;
using YamlDotNet.Core;

namespace SpatialCluster.Campaigns.Documents.Yaml;

/// <summary>A list or mapping that is being read.</summary>
internal sealed class YamlFrame(string source, int line, bool isMap, AnchorName anchor)
{
    private const string MergeKey = "<<";

    private readonly List<YamlItem> _items = [];
    private readonly List<YamlEntry> _entries = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly List<YamlEntry> _merged = [];
    private YamlScalar? _key;

    public int Line => line;

    public AnchorName Anchor => anchor;

    public long Weight { get; private set; } = 1;

    /// <summary>Adds an item, or a key and then its value.</summary>
    public void Add(int at, YamlItem item)
    {
        Weight += item.Weight;
        if (!isMap)
        {
            _items.Add(item);
        }
        else if (_key is null)
        {
            _key = item as YamlScalar ?? throw Error(at, "a key is a list or mapping; a key is a word");
            if (!_lines.TryAdd(_key.Text, at))
                throw Error(at, $"the key '{_key.Text}' stands here a second time, after line {_lines[_key.Text]}; leave one of them out");
        }
        else
        {
            if (_key is { Plain: true, Text: MergeKey })
                Merge(at, item);
            else
                _entries.Add(new YamlEntry(_key.Text, _key.Line, item));
            _key = null;
        }
    }

    /// <summary>The whole.</summary>
    public YamlItem Close()
    {
        if (!isMap)
            return new YamlList(line, _items, Weight);
        foreach (YamlEntry entry in _merged)
        {
            if (_lines.TryAdd(entry.Key, entry.Line))
                _entries.Add(entry);
        }

        return new YamlMap(line, _entries, Weight);
    }

    // What stands in the mapping itself goes before what is merged, and of merged mappings the first.
    private void Merge(int at, YamlItem item)
    {
        foreach (YamlItem part in item is YamlList list ? list.Items : [item])
            _merged.AddRange((part as YamlMap ?? throw Error(at, "'<<' takes the mapping of an alias, as in '<<: *base'")).Entries);
    }

    private BadInputException Error(int at, string what) => new($"{source}:{at}: {what}.");
}
