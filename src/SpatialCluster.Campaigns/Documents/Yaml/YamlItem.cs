namespace SpatialCluster.Campaigns.Documents.Yaml;

/// <summary>A value of a document, with the line it stands on. Aliases share one item.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Weight">The items that it holds when every alias is written out, itself included.</param>
internal abstract record YamlItem(int Line, long Weight);

/// <summary>A text, number or flag.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Text">As it is written, without quotes.</param>
/// <param name="Plain">Whether it stood without quotes.</param>
internal sealed record YamlScalar(int Line, string Text, bool Plain) : YamlItem(Line, 1)
{
    /// <summary>Whether it says that there is no value.</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, IReadOnlyList<YamlItem> Items, long Weight) : YamlItem(Line, Weight);

/// <summary>A mapping; keys are unique.</summary>
internal sealed record YamlMap(int Line, IReadOnlyList<YamlEntry> Entries, long Weight) : YamlItem(Line, Weight);

/// <summary>A key of a mapping and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Line">The key's line.</param>
/// <param name="Value">The value.</param>
internal sealed record YamlEntry(string Key, int Line, YamlItem Value);
