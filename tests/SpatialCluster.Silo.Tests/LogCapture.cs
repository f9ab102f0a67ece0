using System.Text;

namespace SpatialCluster.Silo.Tests;

/// <summary>Log lines that may be read while they are written.</summary>
internal sealed class LogCapture : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_lock)
            _text.Append(value);
    }

    public override void WriteLine(string? value)
    {
        lock (_lock)
            _text.Append(value).Append('\n');
    }

    public override string ToString()
    {
        lock (_lock)
            return _text.ToString();
    }
}
