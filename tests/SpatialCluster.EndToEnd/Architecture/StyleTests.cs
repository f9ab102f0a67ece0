using System.Text.RegularExpressions;

namespace SpatialCluster.EndToEnd.Architecture;

/// <summary>What of the style in CONTRIBUTING.md the compiler cannot say.</summary>
public sealed class StyleTests
{
    private const int LongestFile = 800;

    private static readonly Regex VagueName = new("(?:Utils?|Utilities|Helpers?|Manager|Common|Misc)(?:/|\\.cs$)");

    [Fact]
    public void SourceFiles_AreNotLongerThan800Lines() =>
        Checkout.Files("src", ".cs").Where(file => File.ReadLines(Checkout.PathOf(file)).Count() > LongestFile).ShouldBeEmpty();

    [Fact]
    public void SourceFiles_AreNamedForWhatTheyDo() =>
        Checkout.Files("src", ".cs").Where(file => VagueName.IsMatch(file)).ShouldBeEmpty();

    [Fact]
    public void SourceFiles_HaveNoRegions() =>
        Checkout.Files("src", ".cs")
            .Where(file => File.ReadLines(Checkout.PathOf(file)).Any(line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("spatialcluster")]
    [InlineData("test.sh")]
    [InlineData(".ci/run")]
    [InlineData("deploy/check-image.sh")]
    [InlineData("deploy/make-secrets.sh")]
    public void Scripts_AreExecutable(string script) =>
        File.GetUnixFileMode(Checkout.PathOf(script)).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
}
