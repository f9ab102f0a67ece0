using SpatialCluster.Methods.Training;

namespace SpatialCluster.Cli.Progress;

/// <summary>Lines of text: each stage, and an epoch every few seconds.</summary>
/// <param name="output">Where they go.</param>
/// <param name="clock">The clock.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider clock) : IRunProgress
{
    /// <summary>At most one line of epochs in this time.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private TrainingRate? _rate;
    private long _last;

    public void Stage(string name)
    {
        output.WriteLine(name);
        output.Flush();
        _rate = null;
    }

    public void Epoch(TrainingProgress progress)
    {
        if (_rate is null)
        {
            _rate = new TrainingRate(clock);
            _last = clock.GetTimestamp();
        }

        string line = _rate.Describe(progress);
        if (clock.GetElapsedTime(_last) < Interval && progress.Epoch != progress.Epochs)
            return;
        _last = clock.GetTimestamp();
        output.WriteLine($"  {line}");
        output.Flush();
    }
}
