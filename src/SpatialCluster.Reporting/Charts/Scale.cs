using System.Globalization;
using SpatialCluster.Compute.Numerics;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Charts;

/// <summary>Numbers to pixels along an axis, with round ticks.</summary>
internal sealed class Scale
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;
    private readonly bool _logarithmic;

    private Scale(double low, double high, double from, double to, bool logarithmic, IReadOnlyList<Tick> ticks)
    {
        (_low, _high, _from, _to, _logarithmic) = (low, high, from, to, logarithmic);
        Ticks = ticks;
    }

    /// <summary>A round number on the axis.</summary>
    public readonly record struct Tick(double Value, string Label);

    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>An axis from a little below to a little above the given numbers.</summary>
    public static Scale Linear(double low, double high, double from, double to, int wantedTicks = 5, bool tight = false)
    {
        (low, high) = Widen(low, high);
        double step = NiceStep((high - low) / wantedTicks);
        if (!tight)
        {
            low = Math.Floor((low / step) + 1e-9) * step;
            high = Math.Ceiling((high / step) - 1e-9) * step;
        }

        var ticks = new List<Tick>();
        double first = Math.Ceiling((low / step) - 1e-9);
        for (int i = 0; (first + i) * step <= high + (1e-9 * step); i++)
            ticks.Add(new Tick((first + i) * step, Label((first + i) * step, step)));
        return new Scale(low, high, from, to, logarithmic: false, ticks);
    }

    /// <summary>A logarithmic axis about positive numbers.</summary>
    public static Scale Logarithmic(double low, double high, double from, double to)
    {
        if (high <= low)
            (low, high) = (low / 2, high * 2);
        double[] steps = (StableMath.Log(high / low) / StableMath.Log(10)) switch
        {
            < 1 => [1, 1.5, 2, 3, 4, 5, 6, 8],
            < 2.2 => [1, 2, 5],
            < 4 => [1, 3],
            _ => [1],
        };
        var candidates = new List<double>();
        double decade = 1;
        while (decade > low)
            decade /= 10;
        while (decade * 10 <= low)
            decade *= 10;
        for (; decade <= high * 10; decade *= 10)
            candidates.AddRange(steps.Select(s => s * decade));
        low = candidates.LastOrDefault(c => c <= low * (1 + 1e-9), low);
        high = candidates.FirstOrDefault(c => c >= high * (1 - 1e-9), high);
        List<Tick> ticks = [.. candidates.Where(c => c >= low * (1 - 1e-9) && c <= high * (1 + 1e-9)).Select(c => new Tick(c, Xml.Figure(c)))];
        int thin = (ticks.Count + 6) / 7;
        return new Scale(low, high, from, to, logarithmic: true, [.. ticks.Where((_, i) => i % thin == 0)]);
    }

    public double Place(double value)
    {
        double share = _logarithmic
            ? StableMath.Log(Math.Max(value, _low) / _low) / StableMath.Log(_high / _low)
            : (value - _low) / (_high - _low);
        return _from + (share * (_to - _from));
    }

    private static (double Low, double High) Widen(double low, double high)
    {
        if (!(Math.Abs(low) < 1e290 && Math.Abs(high) < 1e290))
            return (0, 1);
        // Differences that rounding alone could make are none.
        if (high - low > 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)) && high - low is > 1e-290 and < 1e290)
            return (low, high);
        double reach = Math.Abs(low) < 1e-200 ? 1 : Math.Abs(low) / 2;
        return (low - reach, high + reach);
    }

    private static double NiceStep(double rough)
    {
        double magnitude = 1;
        while (magnitude > rough)
            magnitude /= 10;
        while (magnitude * 10 <= rough)
            magnitude *= 10;
        double share = rough / magnitude;
        return magnitude * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    }

    private static string Label(double value, double step)
    {
        if (Math.Abs(value) < step / 1000)
            return "0";
        double size = Math.Abs(value);
        if (size is >= 1e6 or < 1e-4)
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        int decimals = 0;
        for (double s = step; s < 0.999 && decimals < 6; s *= 10)
            decimals++;
        return value.ToString("N" + decimals, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
