using System.Globalization;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Documents.Yaml;

/// <summary>A value of a document together with its name there.</summary>
/// <param name="Source">The file.</param>
/// <param name="Path">Such as <c>methods[0].preset</c>; empty for the whole document.</param>
/// <param name="Item">The value.</param>
internal sealed record Field(string Source, string Path, YamlItem Item)
{
    public DocumentPlace Place => new(Source, Item.Line, Path.Length == 0 ? "the document" : Path);

    public bool IsNull => Item is YamlScalar { IsNull: true };

    public bool IsMap => Item is YamlMap;

    public bool IsList => Item is YamlList;

    public BadInputException Error(string what) => Place.Error(what);

    /// <summary>The keys of a mapping, each one of those known.</summary>
    public FieldSet Keys(params IReadOnlyCollection<string> known) => new(this, known);

    /// <summary>The entries of a mapping whose keys are names.</summary>
    public IReadOnlyList<(string Name, Field Value)> Entries(string of)
    {
        if (Item is not YamlMap map)
            throw Error($"{Found}; it must be a mapping of {of}.");
        return map.Entries.Count > 0
            ? [.. map.Entries.Select(e => (e.Key, Inner(e)))]
            : throw Error($"is empty; write {of} there, or leave it out.");
    }

    /// <summary>The items of a list, at least one.</summary>
    public IReadOnlyList<Field> List(string of)
    {
        if (Item is not YamlList list)
            throw Error($"{Found}; it must be a list of {of}.");
        return list.Items.Count > 0
            ? [.. list.Items.Select((item, i) => new Field(Source, $"{Path}[{i}]", item))]
            : throw Error($"is empty; write {of} there, or leave it out.");
    }

    /// <summary>The items of a list, or the value itself where it is none.</summary>
    public IReadOnlyList<Field> OneOrMany(string of) => IsList ? List(of) : [this];

    /// <summary>A text that is not empty.</summary>
    public string Text(string wanted) => Item switch
    {
        YamlScalar { IsNull: true } => throw Error($"has no value; write {wanted} there, or leave the key out."),
        YamlScalar { Text.Length: > 0 } scalar when !scalar.Text.Any(char.IsControl) => scalar.Text,
        YamlScalar { Text.Length: > 0 } => throw Error($"holds a control character; write {wanted} there."),
        _ => throw Error($"{Found}; it must be {wanted}."),
    };

    /// <summary>A text of one or more lines.</summary>
    public string Prose() => Item is YamlScalar scalar ? scalar.IsNull ? "" : scalar.Text.Trim() : throw Error($"{Found}; it must be a text.");

    /// <summary>A whole number.</summary>
    public int Count(int least, int most)
    {
        string wanted = most == int.MaxValue ? $"a whole number, at least {least}" : $"a whole number from {least} to {most}";
        string text = Text(wanted);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number : throw Error($"is '{text}'; it must be {wanted}.");
    }

    /// <summary>A whole number of 64 bits, zero or positive.</summary>
    public ulong Seed()
    {
        const string Wanted = "a whole number, zero or positive";
        string text = Text(Wanted);
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : throw Error($"is '{text}'; it must be {Wanted}.");
    }

    /// <summary>A finite number for which something holds.</summary>
    public double Number(Func<double, bool> holds, string wanted)
    {
        string text = Text(wanted);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && holds(number)
            ? number : throw Error($"is '{text}'; it must be {wanted}.");
    }

    /// <summary>True or false.</summary>
    public bool Flag() => Text("true or false") switch
    {
        "true" or "True" or "on" or "yes" => true,
        "false" or "False" or "off" or "no" => false,
        string other => throw Error($"is '{other}'; it must be true or false."),
    };

    /// <summary>One of some words.</summary>
    public T Choice<T>(params IReadOnlyList<(string Word, T Meaning)> choices)
    {
        string text = Text($"one of {string.Join(", ", choices.Select(c => c.Word))}");
        foreach ((string word, T meaning) in choices)
        {
            if (word == text)
                return meaning;
        }

        throw Error($"is '{text}'; {Suggestions.Sentence(text, [.. choices.Select(c => c.Word)])}");
    }

    /// <summary>A name of letters, digits and a few signs, as it may stand in titles and file names.</summary>
    public string Name(string signs, string wanted)
    {
        string text = Text(wanted);
        bool fine = text.Length <= 64 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || signs.Contains(c, StringComparison.Ordinal));
        return fine ? text : throw Error($"is '{text}'; it must be {wanted}, beginning with a letter or digit, at most 64 long.");
    }

    /// <summary>The value of an option as text: lists joined by commas, nothing as <c>none</c>.</summary>
    public string OptionText() => Item switch
    {
        YamlScalar { IsNull: true } => "none",
        YamlScalar scalar => scalar.Text,
        YamlList => string.Join(',', List("values").Select(item => item.OptionText())),
        _ => throw Error("is a mapping; it must be a value, or a list of values."),
    };

    public Field Inner(YamlEntry entry) => new(Source, Path.Length == 0 ? entry.Key : $"{Path}.{entry.Key}", entry.Value);

    private string Found => Item switch
    {
        YamlMap => "is a mapping",
        YamlList => "is a list",
        YamlScalar { IsNull: true } => "has no value",
        YamlScalar { Text: "" } => "is empty",
        YamlScalar scalar => $"is '{(scalar.Text.Length > 60 ? scalar.Text[..60] + "…" : scalar.Text)}'",
        _ => "is something else",
    };
}
