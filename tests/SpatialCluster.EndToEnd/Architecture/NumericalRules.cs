using System.Text.RegularExpressions;

namespace SpatialCluster.EndToEnd.Architecture;

/// <summary>Calls that would make stored numbers depend on the processor, on the C library, or on how threads interleave.</summary>
internal static class NumericalRules
{
    // What IEEE 754 or integer arithmetic defines exactly. A new name is added here only if the same can be said of it.
    private static readonly HashSet<string> ExactMath = new(StringComparer.Ordinal)
    {
        "Abs", "BigMul", "BitDecrement", "BitIncrement", "Ceiling", "Clamp", "CopySign", "DivRem", "E", "Floor", "FusedMultiplyAdd",
        "IEEERemainder", "ILogB", "Max", "MaxMagnitude", "Min", "MinMagnitude", "PI", "Round", "ScaleB", "Sign", "Sqrt", "Tau", "Truncate",
    };

    private const string Transcendental =
        "(?:A?(?:Sin|Cos|Tan)(?:h|Pi)?|Atan2(?:Pi)?|SinCos(?:Pi)?|Exp(?:M1|2|2M1|10|10M1)?|Log(?:P1|2|2P1|10|10P1)?|Pow|Cbrt|RootN|Hypot)";

    private static readonly (Regex Pattern, string Reason)[] Forbidden =
    [
        (new($@"\b(?:double|float|Double|Single|Half|TNumber|T|Vector(?:64|128|256|512)?)\s*\.\s*{Transcendental}\s*[(;,)]"),
            "comes from the C library or changes with the vector width: use StableMath"),
        (new(@"\b(?!MathF?\b)\w+\s*\.\s*\w*Estimate(?:Native)?\s*[(;,)]"), "an estimate differs between processors"),
        (new(@"\bTensorPrimitives\s*\."), "changes with the vector width"),
        (new(@"\busing\s+static\s+System\s*\.\s*MathF?\b"), "hides which function is called"),
        (new(@"\bParallel\s*\.\s*(?:For|ForEach|Invoke)\w*|\.\s*AsParallel\s*\(|\bTask\s*\.\s*Run\b|\bTask\s*\.\s*Factory\b|\bThreadPool\s*\."),
            "takes threads that belong to no device: use ThreadTeam.For"),
        (new(@"\bnew\s+Random\s*\(|\bRandom\s*\.\s*Shared\b|\bRandomNumberGenerator\s*\."), "is not the one seeded source: use RandomStream"),
    ];

    private static readonly Regex MathCall = new(@"\bMathF?\s*\.\s*(?<name>\w+)");

    /// <summary>One line for each violation: where, what, why.</summary>
    public static IEnumerable<string> Violations(string file, string source)
    {
        string code = SourceText.WithoutComments(source);
        IEnumerable<(Match Match, string Reason)> math = MathCall.Matches(code)
            .Where(match => !ExactMath.Contains(match.Groups["name"].Value))
            .Select(match => (match, "comes from the C library and differs between machines: use StableMath"));
        IEnumerable<(Match Match, string Reason)> others = Forbidden.SelectMany(rule => rule.Pattern.Matches(code).Select(match => (match, rule.Reason)));
        return math.Concat(others)
            .OrderBy(found => found.Match.Index)
            .Select(found => $"{file}:{code.AsSpan(0, found.Match.Index).Count('\n') + 1}: {found.Match.Value.Trim()} {found.Reason}");
    }
}
