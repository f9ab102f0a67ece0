using SpatialCluster.Engine.RabbitMq.Tests.Simulation;

namespace SpatialCluster.Engine.RabbitMq.Tests.Work;

/// <summary>Plays a scene with a simulated cluster, in which nothing fails but what the scene says.</summary>
internal static class SiloScene
{
    public static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    public static void Play(Action<SimCluster> scene) => SimCluster.Play(() =>
    {
        var cluster = new SimCluster(seed: 1, writesLog: true);
        try
        {
            scene(cluster);
            cluster.Witness.Violations.ShouldBeEmpty();
        }
        catch (Exception failure)
        {
            throw new Xunit.Sdk.XunitException($"{failure.Message}\n{string.Join('\n', cluster.Loop.Log)}", failure);
        }
        finally
        {
            cluster.Loop.Close();
        }
    });

    /// <summary>Trainings side by side, with a report behind them.</summary>
    public static SimPlan Trainings(string id, int count, int epochs = 3, double seconds = 1, string code = SimWork.FirstCode)
    {
        var plan = new SimPlan(id);
        for (int i = 0; i < count; i++)
            plan.Add(new SimSpec { Title = $"{id}/{i}", Epochs = epochs, EpochSeconds = seconds, Code = code });
        return plan.Report();
    }

    public static void Ends(this SimCluster cluster, SimClient client, TimeSpan within)
    {
        cluster.Loop.RunUntil(() => client.HasEnded, within).ShouldBeTrue($"{client.Plan.Id} has not ended");
        client.Failure.ShouldBeNull();
    }

    public static void IsClear(this SimCluster cluster)
    {
        cluster.Loop.RunFor(Seconds(6));
        cluster.Broker.Queues.Keys.ShouldBeEmpty();
        cluster.Names("active/").ShouldBeEmpty();
    }

    public static void IsRight(this SimCluster cluster, SimPlan plan)
    {
        foreach (Campaigns.Planning.PlannedGrain grain in plan.Grains)
            ((long)cluster.Result(grain)!.Values["state"]!).ShouldBe(plan.Expected(grain), grain.Title);
    }

    /// <summary>Runs until the work of a grain has begun for the n-th time, and a little of it is done.</summary>
    public static SimAttempt Begins(this SimCluster cluster, string title, int times = 1, double andThen = 0.5)
    {
        cluster.Loop.RunUntil(() => cluster.Ledger.Of(title).Count() >= times, Minutes(5)).ShouldBeTrue($"{title} has not begun {times} times");
        cluster.Loop.RunFor(Seconds(andThen));
        return cluster.Ledger.Of(title).ElementAt(times - 1);
    }
}
