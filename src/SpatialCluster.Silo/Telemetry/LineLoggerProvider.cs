using Microsoft.Extensions.Logging;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Writes log lines to a stream of text, for people or for programs.</summary>
/// <param name="output">Where they go.</param>
/// <param name="format">What they look like.</param>
/// <param name="redaction">Takes credentials out of them.</param>
/// <param name="clock">Their times.</param>
internal sealed class LineLoggerProvider(TextWriter output, LogFormat format, SecretRedaction redaction, TimeProvider clock) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    public void Dispose()
    {
        lock (_lock)
            output.Flush();
    }

    private void Write(string category, LogLevel level, EventId id, string message, Exception? failure)
    {
        var line = new LogLine(clock.GetUtcNow(), level, category, id.Name, redaction.Clean(message), failure is null ? null : redaction.Clean(failure.ToString()));
        string text = format == LogFormat.Json ? line.ToJson() : line.ToText();
        lock (_lock)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                provider.Write(category, logLevel, eventId, formatter(state, exception), exception);
        }
    }
}
