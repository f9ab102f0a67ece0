using System.Diagnostics;

namespace SpatialCluster.Benchmarks;

/// <summary>Timing in one process: repeated, interleaved with the baseline where there is one, medians quoted.</summary>
internal static class Measurement
{
    private static readonly List<Figure> s_figures = [];

    /// <summary>All figures so far.</summary>
    public static IReadOnlyList<Figure> Figures => s_figures;

    /// <summary>The benchmark that figures belong to.</summary>
    public static string Benchmark { get; set; } = "";

    /// <summary>Where lines go for people to watch.</summary>
    public static TextWriter Output { get; set; } = Console.Out;

    /// <summary>Seconds of each of several runs, after one that is not counted.</summary>
    public static double[] Seconds(Action action, int runs)
    {
        action();
        var seconds = new double[runs];
        for (int i = 0; i < runs; i++)
            seconds[i] = Once(action);
        return seconds;
    }

    /// <summary>Seconds of one run.</summary>
    public static double Once(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Median seconds of several actions that take turns, after one round that is not counted: a busy machine then slows all of them.</summary>
    public static double[] Interleaved(int rounds, params Action[] actions)
    {
        foreach (Action action in actions)
            action();
        double[][] seconds = [.. actions.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
                seconds[i][round] = Once(actions[i]);
        }

        return [.. seconds.Select(Median)];
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>One line: the figure, its unit, the target and whether it is met.</summary>
    public static void Print(string what, double value, string unit, string target, bool met) => Add(new Figure(Benchmark, what, value, unit, target, met));

    public static void Print(string what, double value, string unit) => Add(new Figure(Benchmark, what, value, unit, null, null));

    private static void Add(Figure figure)
    {
        s_figures.Add(figure);
        Output.WriteLine(FigureTable.Line(figure));
    }
}
