namespace SpatialCluster.Cli.Tests;

/// <summary>Standard error that presses Ctrl-C when it sees a text.</summary>
internal sealed class CancellingWriter(string text, CancellationTokenSource source) : StringWriter
{
    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value is not null && value.Contains(text, StringComparison.Ordinal))
            source.Cancel();
    }
}
