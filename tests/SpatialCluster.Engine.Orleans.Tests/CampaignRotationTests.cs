using SpatialCluster.Engine.Orleans.Grains;

namespace SpatialCluster.Engine.Orleans.Tests;

public sealed class CampaignRotationTests
{
    [Fact]
    public void Take_OfSeveralCampaigns_TakesThemInTurn()
    {
        CampaignRotation waiting = Of("a1", "a2", "a3", "b1", "c1", "c2");
        waiting.Count.ShouldBe(6);
        All(waiting).ShouldBe(["a1", "b1", "c1", "a2", "c2", "a3"]);
        waiting.Count.ShouldBe(0);
    }

    [Fact]
    public void Take_OfWhatDoesNotSuit_LeavesItInItsPlace()
    {
        CampaignRotation waiting = Of("a1", "a2", "b1");
        waiting.Take(entry => entry.Order.Grain == "a2")!.Order.Grain.ShouldBe("a2");
        waiting.Take(_ => false).ShouldBeNull();
        All(waiting).ShouldBe(["b1", "a1"]);
    }

    [Fact]
    public void Remove_OfACampaign_TakesAllOfItAway()
    {
        CampaignRotation waiting = Of("a1", "b1", "a2");
        waiting.Remove("a");
        waiting.Remove("never there");
        waiting.Count.ShouldBe(1);
        All(waiting).ShouldBe(["b1"]);
    }

    [Fact]
    public void Add_OfWhatWasBegunBefore_IsInFrontOfItsCampaign()
    {
        CampaignRotation waiting = Of("a1", "b1");
        waiting.Add("a", Entry("a0"), first: true);
        All(waiting).ShouldBe(["a0", "b1", "a1"]);
    }

    private static CampaignRotation Of(params string[] grains)
    {
        var waiting = new CampaignRotation();
        foreach (string grain in grains)
            waiting.Add(grain[..1], Entry(grain), first: false);
        return waiting;
    }

    private static LaneEntry Entry(string grain) => new(new WorkOrder(grain, grain[..1], "cpu", "sum.1", 1));

    private static List<string> All(CampaignRotation waiting)
    {
        var all = new List<string>();
        while (waiting.Take(_ => true) is { } entry)
            all.Add(entry.Order.Grain);
        return all;
    }
}
