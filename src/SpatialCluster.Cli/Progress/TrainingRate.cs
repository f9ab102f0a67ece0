using System.Globalization;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Cli.Progress;

/// <summary>Measures how fast a training goes, and says so.</summary>
/// <param name="clock">The clock.</param>
internal sealed class TrainingRate(TimeProvider clock)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    private readonly Queue<(long Time, int Epoch)> _marks = new();

    /// <summary>Takes note of an epoch.</summary>
    /// <returns>Such as <c>epoch 120/1,000 · 45.2 epochs/s · loss 12.34 · 19 s left</c>.</returns>
    public string Describe(TrainingProgress progress)
    {
        long now = clock.GetTimestamp();
        if (_marks.Count == 0)
            _marks.Enqueue((now, progress.Epoch));
        while (_marks.Count > 1 && clock.GetElapsedTime(_marks.Peek().Time, now) > s_window)
            _marks.Dequeue();
        (long since, int from) = _marks.Peek();
        double seconds = clock.GetElapsedTime(since, now).TotalSeconds;
        if (clock.GetElapsedTime(_marks.Last().Time, now) >= s_window / 20)
            _marks.Enqueue((now, progress.Epoch));
        double rate = seconds > 0 ? (progress.Epoch - from) / seconds : 0;
        string speed = rate <= 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {Rounded(rate)} epochs/s");
        string left = rate <= 0 || progress.Epoch == progress.Epochs ? "" : $" · {Duration.Text((progress.Epochs - progress.Epoch) / rate)} left";
        return string.Create(CultureInfo.InvariantCulture, $"epoch {progress.Epoch:N0}/{progress.Epochs:N0}{speed} · loss {progress.Loss:G5}{left}");
    }

    private static string Rounded(double rate) => rate.ToString(rate >= 100 ? "N0" : rate >= 1 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
