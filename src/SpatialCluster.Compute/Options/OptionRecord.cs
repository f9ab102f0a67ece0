using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Compute.Options;

/// <summary>
/// Reads and writes records of options by name: each settable property is an option, called as on the command line
/// (<c>LearningRate</c> is <c>learning-rate</c>). What this writes is what results are keyed by, so that an option cannot be
/// forgotten there.
/// </summary>
public static class OptionRecord
{
    /// <summary>The options of a record, by name, in the order of their declaration, inherited ones first.</summary>
    /// <param name="record">The record's type.</param>
    /// <returns>Names.</returns>
    public static IReadOnlyList<string> Names(Type record) => [.. Properties(record).Select(p => NameOf(p.Name))];

    /// <summary>A copy with one option changed.</summary>
    /// <typeparam name="T">The record's type, or one it derives from.</typeparam>
    /// <param name="options">The record.</param>
    /// <param name="name">The option's name.</param>
    /// <param name="value">Its value as text; lists are separated by commas, and <c>none</c> stands for no value.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="BadInputException">There is no such option, or it takes no such value.</exception>
    public static T With<T>(T options, string name, string value)
        where T : class
    {
        PropertyInfo property = Find(options.GetType(), name);
        T copy = Clone(options);
        property.SetValue(copy, Parse(property.PropertyType, name, value));
        return copy;
    }

    /// <summary>All options as JSON, by name.</summary>
    /// <param name="options">The record.</param>
    /// <returns>An object.</returns>
    public static JsonObject ToJson(object options)
    {
        var json = new JsonObject();
        foreach (PropertyInfo property in Properties(options.GetType()))
            json[NameOf(property.Name)] = Node(property.GetValue(options));
        return json;
    }

    /// <summary>A copy with the options that JSON names.</summary>
    /// <typeparam name="T">The record's type, or one it derives from.</typeparam>
    /// <param name="options">Where the rest comes from.</param>
    /// <param name="json">Options by name, as <see cref="ToJson"/> writes them.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="BadInputException">There is no such option, or it takes no such value.</exception>
    public static T With<T>(T options, JsonObject json)
        where T : class
    {
        T copy = options;
        foreach ((string name, JsonNode? value) in json)
            copy = With(copy, name, Text(value));
        return copy;
    }

    /// <summary>How a property is called where people write it.</summary>
    /// <param name="property">Such as <c>LearningRate</c>.</param>
    /// <returns>Such as <c>learning-rate</c>.</returns>
    public static string NameOf(string property)
    {
        var name = new StringBuilder();
        foreach (char c in property)
        {
            if (char.IsAsciiLetterUpper(c) && name.Length > 0)
                name.Append('-');
            name.Append(char.ToLowerInvariant(c));
        }

        return name.Replace("neighbour", "neighbor").ToString();
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "none",
        JsonArray list => string.Join(',', list.Select(Text)),
        JsonValue scalar when scalar.TryGetValue(out string? text) => text,
        _ => value.ToJsonString(),
    };

    private static IEnumerable<PropertyInfo> Properties(Type record) => record
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite && p.GetIndexParameters().Length == 0)
        .OrderBy(p => Depth(p.DeclaringType!)).ThenBy(p => p.MetadataToken);

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;

    private static PropertyInfo Find(Type record, string name) =>
        Properties(record).FirstOrDefault(p => NameOf(p.Name) == name)
        ?? throw new BadInputException($"There is no option '{name}'; {Suggestions.Sentence(name, Names(record))}");

    // What `with` compiles to; a record declares it under a name that C# cannot spell.
    private static T Clone<T>(T options)
        where T : class =>
        (T)options.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(options, null)!;

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        bool flag => flag,
        int number => number,
        long number => number,
        ulong number => number,
        double number => double.IsInteger(number) && Math.Abs(number) < 1e15 ? (long)number : number,
        string text => text,
        Enum choice => NameOf(choice.ToString()),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
        _ => throw new ArgumentException($"An option of type {value.GetType()} cannot be written.", nameof(value)),
    };

    private static object? Parse(Type type, string name, string value)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return value is "none" or "" ? null : Parse(inner, name, value);
        if (type == typeof(string))
            return value;
        if (type == typeof(bool))
            return value switch { "true" or "on" or "yes" => true, "false" or "off" or "no" => false, _ => throw Wrong("true or false") };
        if (type == typeof(int))
            return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole) ? whole : throw Wrong("a whole number");
        if (type == typeof(long))
            return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole : throw Wrong("a whole number");
        if (type == typeof(ulong))
            return ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong whole) ? whole : throw Wrong("a whole number, zero or positive");
        if (type == typeof(double))
            return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : throw Wrong("a number");
        if (type.IsEnum)
        {
            string[] names = Enum.GetNames(type);
            string? choice = names.FirstOrDefault(n => NameOf(n) == value);
            return choice is null ? throw Wrong($"one of {string.Join(", ", names.Select(NameOf))}") : Enum.Parse(type, choice);
        }

        if (type == typeof(IReadOnlyList<double>))
            return value.Split(',', StringSplitOptions.TrimEntries).Select(item => (double)Parse(typeof(double), name, item)!).ToArray();
        if (type == typeof(IReadOnlyList<string>))
            return value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        throw new ArgumentException($"Options of type {type} cannot be given as text.", nameof(type));

        BadInputException Wrong(string wanted) => new($"{name} is '{value}'; it must be {wanted}.");
    }
}
