using System.Text.RegularExpressions;

namespace SpatialCluster.EndToEnd.Architecture;

/// <summary>Every link between the project's documents, and to its files, leads somewhere.</summary>
public sealed class DocumentationLinkTests
{
    private static readonly Regex Code = new("^ {0,3}```.*?^ {0,3}```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline);
    private static readonly Regex Link = new("\\]\\((?<target>[^)\\s]+)(?:\\s+\"[^\"]*\")?\\)|(?:src|href)=\"(?<target>[^\"]+)\"");
    private static readonly Regex Heading = new("^#{1,6} +(?<text>.+?) *$", RegexOptions.Multiline);

    public static TheoryData<string> Documents =>
        [.. Directory.GetFiles(Checkout.Root, "*.md").Select(path => Path.GetFileName(path)!).Concat(((string[])["docs", "deploy", "helm"]).SelectMany(folder => Checkout.Files(folder, ".md")))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_OfADocument_Resolve(string document)
    {
        string text = Code.Replace(File.ReadAllText(Checkout.PathOf(document)), "");
        Link.Matches(text)
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Resolves(document, target))
            .ShouldBeEmpty();
    }

    private static bool Resolves(string document, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = parts[0].Length == 0
            ? Checkout.PathOf(document)
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Checkout.PathOf(document))!, parts[0]));
        if (!File.Exists(file) && !Directory.Exists(file))
            return false;
        return parts.Length == 1 || (File.Exists(file) && Anchors(file).Contains(parts[1]));
    }

    /// <summary>As GitHub makes them: lower case, spaces to dashes, punctuation dropped.</summary>
    private static IEnumerable<string> Anchors(string file) =>
        Heading.Matches(File.ReadAllText(file))
            .Select(match => match.Groups["text"].Value.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
            .Select(letters => new string([.. letters]).Replace(' ', '-'));
}
