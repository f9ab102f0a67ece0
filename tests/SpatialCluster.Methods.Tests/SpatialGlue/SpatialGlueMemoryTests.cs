using System.Reflection;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.SpatialGlue;
using SpatialCluster.Methods.Training;
using SpatialCluster.Tests.SpaMi;

namespace SpatialCluster.Tests.SpatialGlue;

/// <summary>Native memory and the heap of the whole process: nothing else may run beside them.</summary>
[Collection(nameof(SpaMiAllocationTests))]
public sealed class SpatialGlueMemoryTests
{
    private static readonly PropertyInfo s_live = typeof(Matrix).Assembly.GetType("SpatialCluster.Compute.Memory.NativeBuffer", throwOnError: true)!.GetProperty("LiveBytes")!;

    private static long LiveBytes => (long)s_live.GetValue(null)!;

    [Theory]
    [InlineData(300, 20, false)]
    [InlineData(1500, 64, false)]
    [InlineData(6000, 32, false)]
    [InlineData(300, 20, true)]
    public void Run_ToTheEndOrStopped_TakesWhatWasForecastAndGivesItBack(int spots, int width, bool stopped)
    {
        int[] widths = [30, 12];
        var options = new SpatialGlueOptions { Epochs = 2, EmbeddingWidth = width };
        using var team = new ThreadTeam(2);
        using var stop = new CancellationTokenSource();
        Settle();
        long before = LiveBytes, heapBefore = GC.GetTotalMemory(forceFullCollection: true), taken = 0;
        MethodInput input = SmallGlue.Input(spots, widths);
        long given = LiveBytes - before;
        var control = new TrainingControl
        {
            Cancellation = stop.Token,
            Progress = _ =>
            {
                taken = LiveBytes - before - given + GC.GetTotalMemory(forceFullCollection: true) - heapBefore;
                if (stopped)
                    stop.Cancel();
            },
        };
        if (stopped)
        {
            Should.Throw<OperationCanceledException>(() => MethodCatalogue.SpatialGlue.Run(input, options, team, control));
        }
        else
        {
            MethodResult result = MethodCatalogue.SpatialGlue.Run(input, options, team, control);
            long results = LiveBytes - before - given;
            results.ShouldBeGreaterThan(0);
            taken += results;
            result.Dispose();

            // The results come when the graphs are not yet gone: both count.
            long forecast = MethodCatalogue.SpatialGlue.ForecastBytes(spots, widths, options, team.Threads);
            ((double)forecast / taken).ShouldBeInRange(1 / 1.5, 1.5);
        }

        (LiveBytes - before - given).ShouldBe(0);
        foreach (Matrix matrix in input.Features)
            matrix.Dispose();
    }

    private static void Settle()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
