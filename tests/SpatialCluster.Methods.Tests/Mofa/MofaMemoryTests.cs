using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.Training;
using SpatialCluster.Tests.SpaMi;

namespace SpatialCluster.Tests.Mofa;

// Managed memory is counted for the whole process: nothing may run beside this.
[Collection(nameof(SpaMiAllocationTests))]
public sealed class MofaMemoryTests
{
    private static readonly bool[][] s_present = [[true, true, true], [true, false, true], [false, true, true]];

    [Fact]
    public void ForecastBytes_OfASlice_IsWhatTheModelHolds()
    {
        using var planted = new PlantedSlice(700, [150, 67, 9], s_present, seed: 5);
        using var team = new ThreadTeam(2);
        long before = GC.GetTotalMemory(forceFullCollection: true), most = 0;
        MofaOptions options = new MofaOptions { Factors = 40, Iterations = 2, SparsityStart = 5, DropFactorThreshold = null };
        var control = new TrainingControl { Progress = _ => most = long.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) };
        using MethodResult result = MethodCatalogue.Mofa.Run(planted.Input(), options, team, control);
        long forecast = MethodCatalogue.Mofa.ForecastBytes(700, [150, 67, 9], options, 2);
        // What is collected by then, the start, is less; the result comes after.
        most.ShouldBeLessThan(forecast);
        most.ShouldBeGreaterThan(forecast / 2);
    }
}
