using SpatialCluster.Methods.Training;
using Spectre.Console;

namespace SpatialCluster.Cli.Progress;

/// <summary>Bars that are redrawn in place.</summary>
internal sealed class LiveProgress(ProgressContext display, TimeProvider clock) : IRunProgress
{
    private ProgressTask? _task;
    private TrainingRate? _rate;
    private string _stage = "";

    public void Stage(string name)
    {
        Finish();
        _stage = name;
        _rate = null;
        _task = display.AddTask(Markup.Escape(name)).IsIndeterminate();
    }

    public void Epoch(TrainingProgress progress)
    {
        _rate ??= new TrainingRate(clock);
        string line = _rate.Describe(progress);
        if (_task is null)
            return;
        _task.IsIndeterminate(false).MaxValue(progress.Epochs).Value(progress.Epoch);
        _task.Description(Markup.Escape($"{_stage} · {line}"));
    }

    /// <summary>Marks the present stage as done.</summary>
    public void Finish() => _task?.IsIndeterminate(false).Value(_task.MaxValue).StopTask();
}
