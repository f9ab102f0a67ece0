namespace SpatialCluster.EndToEnd.Architecture;

/// <summary>The same seed gives the same bytes: docs/determinism.md.</summary>
public sealed class NumericalRulesTests
{
    private static readonly string[] Floors = ["Compute", "Data", "Simulation", "Analysis", "Methods", "Campaigns"];

    /// <summary>Files that may break the rules, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal);

    public static TheoryData<string> NumericalProjects => [.. Floors];

    [Theory]
    [MemberData(nameof(NumericalProjects))]
    public void Sources_OfANumericalProject_CallNothingThatVaries(string project) =>
        Checkout.Files($"src/SpatialCluster.{project}", ".cs")
            .Where(file => !Exceptions.ContainsKey(file))
            .SelectMany(file => NumericalRules.Violations(file, File.ReadAllText(Checkout.PathOf(file))))
            .ShouldBeEmpty();

    [Fact]
    public void Exceptions_AllStillNeeded() =>
        Exceptions.Keys
            .Where(file => !File.Exists(Checkout.PathOf(file)) || !NumericalRules.Violations(file, File.ReadAllText(Checkout.PathOf(file))).Any())
            .ShouldBeEmpty();

    [Theory]
    [InlineData("double y = Math.Exp(x);")]
    [InlineData("float y = MathF . Tanh(x);")]
    [InlineData("values.Select(Math.Log10)")]
    [InlineData("string s = $\"{Math.Pow(x, 2)}\";")]
    [InlineData("string s = \"//\" + Math.Sin(x);")]
    [InlineData("string s = @\"C:\\\" + Math.Sin(x);")]
    [InlineData("char c = '\"'; y = Math.Cbrt(x); // \"")]
    [InlineData("Math.ReciprocalEstimate(x)")]
    [InlineData("Vector512.MultiplyAddEstimate(a, b, c)")]
    [InlineData("Vector256.Exp(v)")]
    [InlineData("double.LogP1(x)")]
    [InlineData("float.SinCos(x)")]
    [InlineData("using static System.Math;")]
    [InlineData("Parallel.For(0, n, body);")]
    [InlineData("await Task.Run(() => 1);")]
    [InlineData("rows.AsParallel()")]
    [InlineData("var r = new Random(3);")]
    public void Violations_OfAForbiddenCall_AreFound(string line) =>
        NumericalRules.Violations("a.cs", "/* one\n two */\n" + line).ShouldHaveSingleItem().ShouldStartWith("a.cs:3:");

    [Theory]
    [InlineData("double y = Math.Sqrt(x) + MathF.FusedMultiplyAdd(a, b, c);")]
    [InlineData("double y = StableMath.Exp(x);")]
    [InlineData("// Math.Exp(x) differs")]
    [InlineData("/// <c>Math.Exp</c>")]
    [InlineData("/* Math.Exp(x)\n * Parallel.For */ int x;")]
    [InlineData("team.For(tiles, body);")]
    [InlineData("double.Max(a, b) + Vector256.Sum(v)")]
    [InlineData("model.Expect(1); double.Parse(s);")]
    public void Violations_OfAllowedCode_AreNone(string line) => NumericalRules.Violations("a.cs", line).ShouldBeEmpty();
}
