using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.Tests.Threading;

public sealed class ThreadTeamTests
{
    public static TheoryData<int> Sizes => [1, 2, 3, 8];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void For_ManyLoops_RunsEveryTileExactlyOnce(int threads)
    {
        using var team = new ThreadTeam(threads);
        for (int loop = 0; loop < 2000; loop++)
        {
            int tiles = loop % 23;
            var runs = new int[tiles];
            int outside = 0;
            team.For(tiles, tile =>
            {
                Interlocked.Increment(ref runs[tile]);
                if (ThreadTeam.CurrentThread < 0 || ThreadTeam.CurrentThread >= threads)
                    Interlocked.Increment(ref outside);
            });
            runs.ShouldAllBe(r => r == 1);
            outside.ShouldBe(0);
        }
    }

    [Fact]
    public void For_TilesThatWaitForEachOther_RunSideBySideUnderDifferentNumbers()
    {
        using var team = new ThreadTeam(3);
        using var meeting = new Barrier(3);
        var numbers = new int[3];
        team.For(3, tile =>
        {
            meeting.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            numbers[tile] = ThreadTeam.CurrentThread;
        });
        numbers.Order().ShouldBe([0, 1, 2]);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void For_BodyThatThrows_PassesTheExceptionOnAndTheTeamGoesOn(int threads)
    {
        using var team = new ThreadTeam(threads);
        for (int loop = 0; loop < 200; loop++)
        {
            int after = 0;
            Should.Throw<FormatException>(() => team.For(1000, tile =>
            {
                if (tile == 3)
                    throw new FormatException("tile 3");
                if (tile > 900)
                    Interlocked.Increment(ref after);
            })).Message.ShouldBe("tile 3");
            if (threads == 1)
                after.ShouldBe(0);
            int runs = 0;
            team.For(10, _ => Interlocked.Increment(ref runs));
            runs.ShouldBe(10);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void For_WithinABody_IsRefused(int threads)
    {
        using var team = new ThreadTeam(threads);
        for (int loop = 0; loop < 100; loop++)
        {
            foreach (int tiles in new[] { 1, 2, 7 })
            {
                Should.Throw<InvalidOperationException>(() => team.For(tiles, _ => team.For(2, static _ => { }))).Message.ShouldContain("one loop at a time");
                int runs = 0;
                team.For(tiles, _ => Interlocked.Increment(ref runs));
                runs.ShouldBe(tiles);
            }
        }
    }

    [Fact]
    public void For_FromAnotherThreadMeanwhile_IsRefusedEvenAfterTheLastTileWasTaken()
    {
        using var team = new ThreadTeam(2);
        using ManualResetEventSlim inside = new(), refused = new();
        Exception? failure = null;
        var other = new Thread(() =>
        {
            inside.Wait();
            failure = Record.Exception(() => team.For(4, static _ => { }));
            refused.Set();
        });
        other.Start();

        // Both tiles are taken, none is left, and one thread is already out or about to be.
        team.For(2, tile =>
        {
            if (tile == 1)
            {
                inside.Set();
                refused.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            }
        });
        other.Join();
        failure.ShouldBeOfType<InvalidOperationException>();
    }

    [Fact]
    public void CurrentThread_InATeamWithinATeam_IsTheInnerTeamsNumber()
    {
        using ThreadTeam outer = new(3);
        ThreadTeam[] inner = [new(1), new(1), new(1)];
        using var meeting = new Barrier(3);
        var numbers = new int[3];
        var restored = new bool[3];
        outer.For(3, tile =>
        {
            meeting.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            int mine = ThreadTeam.CurrentThread;
            inner[tile].For(2, _ => numbers[tile] = ThreadTeam.CurrentThread);
            restored[tile] = ThreadTeam.CurrentThread == mine;
        });
        numbers.ShouldAllBe(x => x == 0);
        restored.ShouldAllBe(x => x);
        foreach (ThreadTeam team in inner)
            team.Dispose();
    }

    [Fact]
    public void Dispose_AfterWork_EndsTheThreadsAndFurtherLoops()
    {
        var threads = new Thread?[3];
        using var meeting = new Barrier(3);
        var team = new ThreadTeam(3, "test");
        team.For(3, _ =>
        {
            meeting.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
            threads[ThreadTeam.CurrentThread] = Thread.CurrentThread;
        });
        team.Dispose();
        team.Dispose();
        threads[0].ShouldBe(Thread.CurrentThread);
        threads[1..].ShouldAllBe(t => t != null && !t.IsAlive);
        threads[2]!.Name.ShouldBe("test/2");
        Should.Throw<ObjectDisposedException>(() => team.For(2, static _ => { }));
    }

    [Fact]
    public void Constructor_NoThreads_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => new ThreadTeam(0));
}
