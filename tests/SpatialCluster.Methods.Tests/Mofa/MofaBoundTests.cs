using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Tests.Mofa;

public sealed class MofaBoundTests : IDisposable
{
    private readonly ThreadTeam _team = new(1);

    /// <summary>Coordinate ascent cannot lower the bound; sums of thousands of terms around it round at 10⁻¹³ of its size.</summary>
    [Fact]
    public void Run_AnyData_NeverLowersTheBound()
    {
        Gen<(int Spots, int First, int Second, int Factors, int Noise, int Seed)> sizes =
            from spots in Gen.Choose(3, 150)
            from first in Gen.Choose(1, 70)
            from second in Gen.Choose(0, 40)
            from factors in Gen.Choose(1, 12)
            from noise in Gen.Choose(0, 4)
            from seed in Gen.Choose(0, 1_000_000)
            select (spots, first, second, factors, noise, seed);
        Prop.ForAll(sizes.ToArbitrary(), size =>
        {
            int[] widths = size.Second == 0 ? [size.First] : [size.First, size.Second];
            bool[][] present = [[true, true, false, true], [true, false, true, true]];
            using var planted = new PlantedSlice(size.Spots, widths, present[..widths.Length], (ulong)size.Seed, noise: 0.05 + size.Noise);
            foreach (bool slab in new[] { true, false })
            {
                var options = new MofaOptions { Factors = size.Factors, SpikeSlab = slab, ScaleViews = size.Seed % 2 == 0, Iterations = 120 };
                using MofaResult result = MofaTraining.Run(planted.Input(), options, _team, new TrainingControl());
                ReadOnlySpan<double> bounds = result.Losses.Term(0);
                for (int i = 1; i < bounds.Length; i++)
                    bounds[i].ShouldBeGreaterThanOrEqualTo(bounds[i - 1] - (1e-10 * Math.Abs(bounds[0])), $"iteration {i + 1}, slab {slab}, {size}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Run_History_HoldsTheBoundAndItsNegative()
    {
        using var planted = new PlantedSlice(60, [30], [[true, true]], 3);
        var seen = new List<double>();
        using MofaResult result = MofaTraining.Run(planted.Input(), new MofaOptions(), _team, new TrainingControl { Progress = p => seen.Add(p.Loss) });
        result.Losses.Terms.ShouldBe(["elbo", "elbo/mofapy2"]);
        result.Losses.Total.ToArray().ShouldBe(seen);
        result.Losses.Term(0).ToArray().ShouldBe(seen.Select(x => -x));
    }

    public void Dispose() => _team.Dispose();
}
