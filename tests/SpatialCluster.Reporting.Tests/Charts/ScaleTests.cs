using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Reporting.Charts;

namespace SpatialCluster.Reporting.Tests.Charts;

public sealed class ScaleTests
{
    [Fact]
    public void Linear_RoundTicks_SpanTheNumbers()
    {
        Scale scale = Scale.Linear(0.13, 8.7, 0, 100);
        scale.Ticks.Select(t => t.Label).ShouldBe(["0", "2", "4", "6", "8", "10"]);
        scale.Place(5).ShouldBe(50, 1e-9);
    }

    [Fact]
    public void Logarithmic_Decades_AreEquallyFarApart()
    {
        Scale scale = Scale.Logarithmic(0.01, 100, 0, 400);
        scale.Ticks.ShouldContain(t => t.Label == "0.01");
        scale.Place(0.1).ShouldBe(100, 1e-9);
        scale.Place(10).ShouldBe(300, 1e-9);
    }

    [Fact]
    public void Linear_AnyNumbers_PlacesThemOnTheAxisBetweenFewTicks() =>
        Prop.ForAll<double, double>((a, b) =>
        {
            double low = Math.Min(a, b), high = Math.Max(a, b);
            Scale scale = Scale.Linear(low, high, 0, 100);
            bool drawable = Math.Abs(low) < 1e290 && Math.Abs(high) < 1e290;
            return !drawable || (scale.Ticks.Count is >= 2 and <= 20 && scale.Place(low) is >= -0.01 and <= 100.01 && scale.Place(high) is >= -0.01 and <= 100.01);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Logarithmic_AnyPositiveNumbers_PlacesThemOnTheAxis() =>
        Prop.ForAll<NormalFloat, NormalFloat>((a, b) =>
        {
            double low = Math.Min(Math.Abs(a.Get), Math.Abs(b.Get)), high = Math.Max(Math.Abs(a.Get), Math.Abs(b.Get));
            if (low < 1e-200 || high > 1e200)
                return true;
            Scale scale = Scale.Logarithmic(low, high, 0, 100);
            return scale.Ticks.Count is >= 1 and <= 8 && scale.Place(low) is >= -0.01 and <= 100.01 && scale.Place(high) is >= -0.01 and <= 100.01;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void BoxSummary_KnownNumbers_HasTheirQuartilesAndFences()
    {
        // R and NumPy (linear interpolation) give 3.25, 5.5, 7.75 for 1 … 9 and 40; the fence lies at 7.75 + 1.5 × 4.5.
        BoxSummary box = BoxSummary.Of([40, 9, 1, 2, 8, 3, 7, 4, 6, 5]).ShouldNotBeNull();
        (box.Low, box.FirstQuartile, box.Median, box.ThirdQuartile, box.High).ShouldBe((1, 3.25, 5.5, 7.75, 9));
        BoxSummary.Of([]).ShouldBeNull();
        BoxSummary.Of([2]).ShouldBe(new BoxSummary(2, 2, 2, 2, 2));
    }
}
