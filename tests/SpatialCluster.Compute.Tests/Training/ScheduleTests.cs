using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training;

public sealed class ScheduleTests
{
    public static TheoryData<int> Sizes => [1, 95, 96, 97, 192, 193, 700, 3072, 3073, 8191, 8192, 9216, 100_000];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ForEachTile_AllChunks_CoverEveryRowOnceInOrder(int rows)
    {
        var partition = new RowPartition(rows);
        partition.Chunks.ShouldBeInRange(1, 16);
        int next = 0;
        for (int chunk = 0; chunk < partition.Chunks; chunk++)
        {
            int tiles = 0;
            partition.ForEachTile(chunk, tile =>
            {
                tile.Start.ShouldBe(next);
                tile.Rows.ShouldBeInRange(1, partition.TileRows);
                (tile.Start % 2).ShouldBe(0, "a dropout mask is drawn two rows at a time");
                (tile.Chunk, tile.OpensChunk).ShouldBe((chunk, tiles++ == 0));
                next = tile.End;
            });
        }

        next.ShouldBe(rows);
    }

    [Fact]
    public void Run_StepsAndStrands_RunsEachOverAllRowsAndStepsInTurn()
    {
        var rows = new RowPartition(500);
        int[] first = new int[500], second = new int[500];
        bool ordered = true;
        int single = 0;
        var schedule = new Schedule(rows);
        schedule.Rows(Count(first), Schedule.Chain(Count(second), Count(second)));
        schedule.Each(() => ordered &= first.All(x => x == 1) && second.All(x => x == 2), () => Interlocked.Increment(ref single));
        schedule.Rows([]);
        schedule.Each([]);
        using var team = new ThreadTeam(3);
        schedule.Run(team);
        (ordered, single).ShouldBe((true, 1));

        static RowWork Count(int[] counts) => tile =>
        {
            for (int i = tile.Start; i < tile.End; i++)
                Interlocked.Increment(ref counts[i]);
        };
    }

    [Fact]
    public void ReduceGradient_AllChunks_AddsThemAndTheLossTermDoesToo()
    {
        var rows = new RowPartition(700);
        rows.Chunks.ShouldBe(4);
        using Arena arena = Arena.OfSize(1 << 16);
        var parameter = new Parameter("p", 2, 3, rows, arena);
        var term = new LossTerm("t", 1, rows) { Offset = 0.5 };
        for (int run = 0; run < 2; run++)
        {
            // The second run shows that a chunk's first tile starts it anew.
            for (int chunk = 0; chunk < rows.Chunks; chunk++)
            {
                rows.ForEachTile(chunk, tile =>
                {
                    parameter.OpenPartial(tile)[1, 2] += tile.Rows;
                    term.Add(tile, tile.Rows);
                });
            }

            parameter.ReduceGradient();
            parameter.Gradient.ToArray().ShouldBe([0, 0, 0, 0, 0, 700]);
            term.Value.ShouldBe(700.5);
        }
    }

    [Fact]
    public void InitialiseGlorot_LargeMatrix_IsUniformWithinItsBound()
    {
        using Arena arena = Arena.OfSize(1 << 20);
        var parameter = new Parameter("p", 100, 200, new RowPartition(1), arena);
        parameter.InitialiseGlorot(new RandomStream(1), 100, 200);
        double bound = Math.Sqrt(6.0 / 300);
        float[] values = parameter.Value.ToArray();
        values.ShouldAllBe(x => Math.Abs(x) <= bound);
        values.Average(x => (double)x).ShouldBe(0, 5 * bound / Math.Sqrt(3.0 * values.Length));
        values.Average(x => (double)x * x).ShouldBe(bound * bound / 3, bound * bound * 5 * Math.Sqrt(4.0 / 45 / values.Length));
    }
}
