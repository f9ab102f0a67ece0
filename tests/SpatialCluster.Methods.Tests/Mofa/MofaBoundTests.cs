using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Tests.Mofa;

public sealed class MofaBoundTests : IDisposable
{
    private readonly ThreadTeam _team = new(1);

    /// <summary>
    /// Coordinate ascent cannot lower the bound, from the start on and however the model is set up. Taking a factor out is no such
    /// step: it changes the model and may lower the bound (mofapy2 then warns, and measures the next change from there), so that the
    /// comparison begins anew with the bound of the smaller model.
    /// </summary>
    [Fact]
    public void Iterate_AnyData_NeverLowersTheBound() => Prop.ForAll(Cases().ToArbitrary(), c =>
    {
        using var planted = c.Slice();
        foreach (bool slab in new[] { true, false })
        {
            foreach (bool scaled in new[] { true, false })
            {
                CenteredView[] views = [.. planted.Features.Select((features, m) => CenteredView.Of($"view{m}", features, scaled, _team))];
                var model = new MofaModel(views, FactorStart.Of(views, c.Factors, new RandomStream(1), _team), slab, _team);
                double last = model.Bound();
                for (int i = 1; i <= 100; i++)
                {
                    if (i % c.RemovalInterval == 0 && model.Factors.Factors > 1)
                    {
                        model.Remove(i % model.Factors.Factors);
                        last = model.Bound();
                    }

                    model.Iterate(learnsSparsity: i >= c.SparsityStart);
                    double bound = model.Bound();
                    bound.ShouldBeGreaterThanOrEqualTo(last - c.Tolerance(last), $"iteration {i}, slab {slab}, scaled {scaled}, {c}");
                    last = bound;
                }
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Run_AnyData_RecordsABoundThatNeverFalls() => Prop.ForAll(Cases().ToArbitrary(), c =>
    {
        using var planted = c.Slice();
        foreach (bool slab in new[] { true, false })
        {
            foreach (bool scaled in new[] { true, false })
            {
                var options = new MofaOptions { Factors = c.Factors, SpikeSlab = slab, ScaleViews = scaled, Iterations = 120, SparsityStart = c.SparsityStart };
                using MofaResult result = MofaTraining.Run(planted.Input(), options, _team, new TrainingControl());
                ReadOnlySpan<double> bounds = result.Losses.Term(0);
                for (int i = 1; i < bounds.Length; i++)
                    bounds[i].ShouldBeGreaterThanOrEqualTo(bounds[i - 1] - c.Tolerance(bounds[i - 1]), $"iteration {i + 1}, slab {slab}, scaled {scaled}, {c}");
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

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

    private static Gen<Case> Cases() =>
        from spots in Gen.Choose(3, 150)
        from views in Gen.Choose(1, 3)
        from widths in Gen.Choose(1, 60).ArrayOf(views)
        from factors in Gen.Choose(1, 12)
        from noise in Gen.Choose(0, 4)
        from sparsityStart in Gen.Choose(1, 60)
        from removalInterval in Gen.Choose(2, 150)
        from seed in Gen.Choose(0, 1_000_000)
        select new Case(spots, widths, factors, noise, sparsityStart, removalInterval, seed);

    private sealed record Case(int Spots, int[] Widths, int Factors, int Noise, int SparsityStart, int RemovalInterval, int Seed)
    {
        private static readonly bool[][] s_present = [[true, true, false, true], [true, false, true, true], [false, true, true, false]];

        public PlantedSlice Slice() => new(Spots, Widths, s_present[..Widths.Length], (ulong)Seed, noise: 0.05 + Noise);

        // A bound may pass through zero, where the sum of its terms is small and they are not: one of them is about −0.9 per value.
        public double Tolerance(double bound) => 1e-9 * Math.Max(Math.Abs(bound), Spots * Widths.Sum());
    }
}
