using System.Xml.Linq;

namespace SpatialCluster.EndToEnd.Architecture;

/// <summary>Projects know only the floors below them, as docs/architecture.md draws the house.</summary>
public sealed class ProjectReferenceTests
{
    /// <summary>Which projects a project may name, and which packages; what those bring along is theirs to decide.</summary>
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Declared = new(StringComparer.Ordinal)
    {
        ["Compute"] = ([], []),
        ["Data"] = (["Compute"], ["CsvHelper"]),
        ["Simulation"] = (["Data"], []),
        ["Analysis"] = (["Data"], []),
        ["Methods"] = (["Analysis"], []),
        ["Reporting"] = (["Methods"], []),
        ["Artifacts"] = (["Data"], ["Azure.Identity", "Azure.Storage.Blobs"]),
        ["Campaigns"] = (["Artifacts", "Simulation", "Reporting"], ["YamlDotNet"]),
        ["Engine.Local"] = (["Campaigns"], []),
        ["Engine.RabbitMq"] = (["Campaigns"], ["RabbitMQ.Client"]),
        ["Engine.Orleans"] = (["Campaigns"], ["Microsoft.Orleans.Clustering.AdoNet", "Microsoft.Orleans.Reminders", "Microsoft.Orleans.Reminders.AdoNet", "Microsoft.Orleans.Sdk", "Microsoft.Orleans.Server", "Npgsql"]),
        ["Silo"] = (["Engine.RabbitMq", "Engine.Orleans"], ["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"]),
        ["Cli"] = (["Engine.Local", "Silo"], ["System.CommandLine", "Spectre.Console"]),
    };

    /// <summary>What a test project knows beside its subject, each with its reason.</summary>
    private static readonly Dictionary<string, string[]> BesideSubject = new(StringComparer.Ordinal)
    {
        // Sample pages are drawn from simulated slices.
        ["Reporting.Tests"] = ["Simulation"],
        // A child process computes the same digests with other vector widths.
        ["Methods.Tests"] = ["DeterminismProbe"],
        // Child processes race on a store, and are killed.
        ["Artifacts.Tests"] = ["StoreProbe"],
    };

    public static TheoryData<string> SourceProjects => [.. Checkout.Files("src", ".csproj")];

    public static TheoryData<string> TestProjects => [.. Checkout.Files("tests", ".Tests.csproj")];

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void References_OfAProject_AreAsDeclared(string project)
    {
        string name = ShortName(project);
        Declared.ShouldContainKey(name, "a new project is declared here and in docs/architecture.md");
        Included(project, "ProjectReference").Select(ShortName).Except(Declared[name].Projects).ShouldBeEmpty();
        Included(project, "PackageReference").Except(Declared[name].Packages).ShouldBeEmpty();
    }

    [Fact]
    public void Declarations_FollowedToTheGround_MeetNoCircle()
    {
        HashSet<string> grounded = [];
        while (Declared.Keys.FirstOrDefault(name => !grounded.Contains(name) && Declared[name].Projects.All(grounded.Contains)) is { } next)
            grounded.Add(next);
        Declared.Keys.Except(grounded).ShouldBeEmpty("these are in a circle, or above one");
    }

    [Theory]
    [MemberData(nameof(SourceProjects))]
    public void TestProject_OfASourceProject_Exists(string project) =>
        File.Exists(Checkout.PathOf($"tests/SpatialCluster.{ShortName(project)}.Tests/SpatialCluster.{ShortName(project)}.Tests.csproj"))
            .ShouldBeTrue();

    [Theory]
    [MemberData(nameof(TestProjects))]
    public void References_OfATestProject_AreItsSubjectAndWhatIsDeclared(string project)
    {
        string name = ShortName(project);
        string[] beside = BesideSubject.GetValueOrDefault(name, []);
        Included(project, "ProjectReference").Select(ShortName).ShouldBe([name[..^".Tests".Length], .. beside], ignoreOrder: true);
    }

    [Fact]
    public void Solution_ContainsEveryProject()
    {
        string solution = File.ReadAllText(Checkout.PathOf("SpatialCluster.sln")).Replace('\\', '/');
        Checkout.Files("src", ".csproj").Concat(Checkout.Files("tests", ".csproj"))
            // Its packages are not served everywhere: docs/orleans.md.
            .Where(project => !project.Contains("SpatialCluster.Engine.Orleans", StringComparison.Ordinal))
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> Included(string project, string element) =>
        XDocument.Load(Checkout.PathOf(project)).Descendants(element).Select(x => x.Attribute("Include")!.Value);

    private static string ShortName(string project) =>
        Path.GetFileNameWithoutExtension(project.Replace('\\', '/'))["SpatialCluster.".Length..];
}
