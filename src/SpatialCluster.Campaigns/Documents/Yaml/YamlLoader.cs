using SpatialCluster.Compute.Errors;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SpatialCluster.Campaigns.Documents.Yaml;

/// <summary>
/// Makes items of YAML events. No tag is obeyed, nothing recurses with the depth of the document, and aliases are counted as if they
/// were written out, so that no text takes more than its bounds allow.
/// </summary>
internal sealed class YamlLoader
{
    /// <summary>The longest document, in characters.</summary>
    public const int LongestText = 1 << 20;

    /// <summary>The most values of a document, aliases written out.</summary>
    public const int MostItems = 50_000;

    /// <summary>The deepest nesting.</summary>
    public const int Deepest = 32;

    private readonly string _source;
    private readonly Stack<YamlFrame> _open = new();
    private readonly Dictionary<string, YamlItem> _anchors = new(StringComparer.Ordinal);
    private YamlItem? _root;

    private YamlLoader(string source) => _source = source;

    /// <summary>Reads a text.</summary>
    /// <param name="text">One YAML document.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="BadInputException">No YAML, or beyond what is accepted; names the line.</exception>
    public static YamlItem Load(string text, string source)
    {
        if (text.Length > LongestText)
            throw new BadInputException($"{source} has {text.Length:N0} characters; a campaign has at most {LongestText:N0}.");
        var loader = new YamlLoader(source);
        var parser = new Parser(new StringReader(text));
        while (Next(parser, source))
            loader.Take(parser.Current!);
        return loader._root is null or YamlScalar { IsNull: true }
            ? throw new BadInputException($"{source}:1: the document is empty; begin with 'version: 1', 'name:', 'datasets:' and 'methods:'.")
            : loader._root;
    }

    private static bool Next(Parser parser, string source)
    {
        try
        {
            return parser.MoveNext();
        }
        catch (YamlException error)
        {
            throw new BadInputException($"{source}:{error.Start.Line}: this is no YAML ({error.Message.TrimEnd('.')}); look at indentation, colons and quotes.", error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The scanner lets some malformed texts go on until one of its own calls refuses.
            throw new BadInputException($"{source}:{parser.Current?.End.Line ?? 1}: this, or what follows, is no YAML; look at indentation, colons, brackets and quotes.", error);
        }
    }

    private void Take(ParsingEvent happening)
    {
        int line = (int)happening.Start.Line;
        switch (happening)
        {
            case DocumentStart when _root is not null:
                throw Error(line, "a second document begins; a file holds one campaign, so put it into a file of its own");
            case AnchorAlias alias:
                Place(line, _anchors.GetValueOrDefault(alias.Value.Value)
                    ?? throw Error(line, $"the alias *{alias.Value.Value} has no value before it; write &{alias.Value.Value} before the value it stands for"));
                break;
            case Scalar scalar:
                RefuseTag(scalar, line);
                Done(line, scalar.Anchor, new YamlScalar(line, scalar.Value, scalar.Style == ScalarStyle.Plain));
                break;
            case SequenceStart list:
                Open(list, line, isMap: false);
                break;
            case MappingStart map:
                Open(map, line, isMap: true);
                break;
            case SequenceEnd or MappingEnd:
                YamlFrame frame = _open.Pop();
                Done(frame.Line, frame.Anchor, frame.Close());
                break;
        }
    }

    private void Open(NodeEvent start, int line, bool isMap)
    {
        RefuseTag(start, line);
        if (_open.Count == Deepest)
            throw Error(line, $"values are nested more than {Deepest} deep, which no campaign needs");
        _open.Push(new YamlFrame(_source, line, isMap, start.Anchor));
    }

    private void Done(int line, AnchorName anchor, YamlItem item)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = item;
        Place(line, item);
    }

    private void Place(int line, YamlItem item)
    {
        if (!_open.TryPeek(out YamlFrame? frame))
        {
            _root = item;
            return;
        }

        frame.Add(line, item);
        if (frame.Weight > MostItems)
            throw Error(line, $"the document comes to more than {MostItems:N0} values, its aliases written out; use fewer");
    }

    private void RefuseTag(NodeEvent node, int line)
    {
        if (!node.Tag.IsEmpty)
            throw Error(line, $"the tag {node.Tag.Value} means nothing here; leave it out, and put texts into quotes");
    }

    private BadInputException Error(int line, string what) => new($"{_source}:{line}: {what}.");
}
