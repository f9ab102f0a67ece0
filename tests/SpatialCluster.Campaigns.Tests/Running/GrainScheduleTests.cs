using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Tests.Running;

public sealed class GrainScheduleTests
{
    [Fact]
    public void Complete_OfTheLastInput_MakesTheDependentReady()
    {
        var schedule = new GrainSchedule(new SumPlan().Add(0, []).Add(1, []).Add(2, [0, 1]).Grains);
        schedule.Roots().ShouldBe([0, 1]);
        schedule.Complete(0).ShouldBeEmpty();
        schedule.Complete(1).ShouldBe([2]);
        schedule.Complete(2).ShouldBeEmpty();
        schedule.Finished.ShouldBeTrue();
    }

    [Fact]
    public void Fail_OfAGrain_TakesAllThatNeedsItAndNoOther()
    {
        var schedule = new GrainSchedule(new SumPlan().Add(0, []).Add(1, []).Add(2, [0]).Add(3, [1]).Add(4, [2, 3]).Grains);
        schedule.Fail(0).ShouldBe([2, 4]);
        schedule.Complete(1).ShouldBe([3]);
        schedule.Complete(3).ShouldBeEmpty();
        schedule.Finished.ShouldBeTrue();
    }

    [Fact]
    public void Schedule_OfAnyPlanWithAnyFailures_EndsEachGrainOnceAfterItsInputs() => Prop.ForAll(
        ArbMap.Default.ArbFor<(int, int)[]>().Filter(edges => edges.Length < 60),
        ArbMap.Default.ArbFor<int[]>(),
        (edges, failing) =>
        {
            const int Grains = 20;
            var plan = new SumPlan();
            for (int g = 0; g < Grains; g++)
                plan.Add(g, [.. edges.Where(e => Place(e.Item2, Grains) == g && Place(e.Item1, Grains) < g).Select(e => Place(e.Item1, Grains)).Distinct()]);
            var schedule = new GrainSchedule(plan.Grains);
            var ended = new Dictionary<int, bool>();
            var open = new Queue<int>(schedule.Roots());
            while (open.TryDequeue(out int place))
            {
                if (plan.Grains[place].Inputs.Any(i => !ended.GetValueOrDefault(plan.Grains.FindIndex(g => g.Key == i))))
                    return false;
                bool fails = failing.Any(f => Place(f, Grains) == place);
                if (!ended.TryAdd(place, !fails))
                    return false;
                foreach (int next in fails ? schedule.Fail(place) : schedule.Complete(place))
                {
                    if (!fails)
                        open.Enqueue(next);
                    else if (!ended.TryAdd(next, false))
                        return false;
                }
            }

            return schedule.Finished && ended.Count == Grains;
        }).QuickCheckThrowOnFailure();

    private static int Place(int value, int count) => (int)((uint)value % (uint)count);
}
