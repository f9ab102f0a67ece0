using System.Text.Json.Nodes;

namespace SpatialCluster.Campaigns.Tests.Work;

public sealed class GoldenVersionsTests
{
    private static readonly JsonObject s_recorded = new() { ["version"] = 2, ["digest"] = "aa" };

    [Fact]
    public void Problem_TheSameResult_IsNone() => GoldenVersions.Problem(s_recorded, "slice", 2, "aa").ShouldBeNull();

    [Fact]
    public void Problem_AnotherResultOfTheSameVersion_AsksToRaiseIt() =>
        GoldenVersions.Problem(s_recorded, "slice", 2, "bb").ShouldNotBeNull().ShouldContain("raise the version");

    [Theory]
    [InlineData("aa")]
    [InlineData("bb")]
    public void Problem_ARaisedVersion_AsksToRecordIt(string digest) =>
        GoldenVersions.Problem(s_recorded, "slice", 3, digest).ShouldNotBeNull().ShouldContain("recorded result of version 2");

    [Fact]
    public void Problem_NoRecord_AsksForOne() => GoldenVersions.Problem(null, "method/new", 1, "aa").ShouldNotBeNull().ShouldContain("SPATIALCLUSTER_RECORD_GOLDEN=1");
}
