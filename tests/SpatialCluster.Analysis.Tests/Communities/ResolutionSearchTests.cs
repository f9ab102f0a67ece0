using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Communities;

public sealed class ResolutionSearchTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void Find_PlantedGroups_FindsThem(int groups)
    {
        ResolutionSearchResult found = ResolutionSearch.Find(TestGraphs.Planted(180, groups, 0.5, 0.03, seed: 1), groups);
        found.Reached.ShouldBeTrue();
        found.Found.ShouldBe(groups);
        found.Note.ShouldBeNull();
        found.Labels.ShouldBe(Enumerable.Range(0, 180).Select(x => x % groups));
    }

    [Fact]
    public void Find_EveryNumberOnARandomGraph_IsReachedOrSaysWhy()
    {
        CsrMatrix graph = TestGraphs.Random(80, 0.08, loops: false, seed: 6);
        int reached = 0;
        for (int domains = 1; domains <= 80; domains++)
        {
            ResolutionSearchResult found = ResolutionSearch.Find(graph, domains);
            found.Labels.Distinct().Count().ShouldBe(found.Found);
            found.Reached.ShouldBe(found.Found == domains);
            (found.Note is null).ShouldBe(found.Reached);
            reached += found.Reached ? 1 : 0;
        }

        reached.ShouldBeGreaterThan(70);
    }

    [Fact]
    public void Find_OneDomainOfAConnectedGraph_IsFound() =>
        ResolutionSearch.Find(TestGraphs.RingOfCliques(6, 5), 1).Labels.ShouldAllBe(x => x == 0);

    [Fact]
    public void Find_AsManyDomainsAsNodes_LeavesEachAlone() =>
        ResolutionSearch.Find(TestGraphs.RingOfCliques(3, 4), 12).Labels.ShouldBe(Enumerable.Range(0, 12));

    [Fact]
    public void Find_AsManyDomainsAsParts_GivesTheParts()
    {
        CsrMatrix graph = TestGraphs.FromEdges(6, [(0, 1, 1), (1, 2, 1), (3, 4, 1e-4f)]);
        ResolutionSearchResult found = ResolutionSearch.Find(graph, 3);
        found.Reached.ShouldBeTrue();
        found.Labels.ShouldBe([0, 0, 0, 1, 1, 2]);
    }

    [Fact]
    public void Find_BarelyJoinedParts_AreToldApartAndJoined()
    {
        // The joint is so weak that only resolutions near 1e-7 cross it.
        CsrMatrix graph = TestGraphs.FromEdges(6, [(0, 1, 1), (1, 2, 1), (0, 2, 1), (3, 4, 1), (4, 5, 1), (3, 5, 1), (2, 3, 1e-7f)]);
        ResolutionSearch.Find(graph, 1).Found.ShouldBe(1);
        ResolutionSearch.Find(graph, 2).Labels.ShouldBe([0, 0, 0, 1, 1, 1]);
    }

    [Fact]
    public void Find_MorePartsThanWanted_GivesThePartsAndANote()
    {
        CsrMatrix graph = TestGraphs.FromEdges(8, [(0, 1, 1), (2, 3, 1), (4, 5, 1), (6, 7, 1)]);
        ResolutionSearchResult found = ResolutionSearch.Find(graph, 2);
        found.Reached.ShouldBeFalse();
        found.Found.ShouldBe(4);
        found.Labels.ShouldBe([0, 0, 1, 1, 2, 2, 3, 3]);
        found.Note.ShouldNotBeNull().ShouldContain("4 parts");
    }

    [Fact]
    public void Find_NumberThatIsPassedOver_GivesTheNearestAndANote()
    {
        // Of four nodes that are all joined, any two gain by sharing below 4/3 and lose above it: one community, or four.
        CsrMatrix graph = TestGraphs.FromEdges(4, [(0, 1, 1), (2, 3, 1), (0, 2, 1), (1, 3, 1), (0, 3, 1), (1, 2, 1)]);
        ResolutionSearchResult found = ResolutionSearch.Find(graph, 2);
        found.Reached.ShouldBeFalse();
        found.Labels.ShouldBe([0, 0, 0, 0]);
        found.Note.ShouldNotBeNull().ShouldContain("jumps from 1 to 4");
    }

    [Fact]
    public void Find_Twice_SameResult()
    {
        CsrMatrix graph = TestGraphs.Random(150, 0.05, loops: false, seed: 3);
        ResolutionSearchResult first = ResolutionSearch.Find(graph, 7);
        ResolutionSearchResult second = ResolutionSearch.Find(graph, 7);
        second.Labels.ShouldBe(first.Labels);
        second.Resolution.ShouldBe(first.Resolution);
    }

    [Fact]
    public void Find_FoundResolution_GivesTheSameLabelsAgain()
    {
        CsrMatrix graph = TestGraphs.Planted(120, 4, 0.4, 0.03, seed: 2);
        ResolutionSearchResult found = ResolutionSearch.Find(graph, 4);
        Leiden.Cluster(graph, new LeidenOptions { Resolution = found.Resolution }).Labels.ShouldBe(found.Labels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(13)]
    public void Find_NumberOutOfRange_IsRefused(int domains) =>
        Should.Throw<BadInputException>(() => ResolutionSearch.Find(TestGraphs.RingOfCliques(3, 4), domains)).Message.ShouldContain("--domains");
}
