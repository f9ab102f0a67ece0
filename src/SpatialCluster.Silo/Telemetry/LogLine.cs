using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>A line of the log.</summary>
/// <param name="Time">When.</param>
/// <param name="Level">How grave.</param>
/// <param name="Category">Who says it.</param>
/// <param name="Event">The event's name, where it has one.</param>
/// <param name="Message">What is said.</param>
/// <param name="Error">The exception that is behind it.</param>
internal readonly record struct LogLine(DateTimeOffset Time, LogLevel Level, string Category, string? Event, string Message, string? Error)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string Grade => Level switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => Level.ToString().ToLowerInvariant(),
    };

    /// <summary>For people. A message from outside cannot make itself a line of its own.</summary>
    public string ToText()
    {
        string grade = Level == LogLevel.Information ? "" : $"{Grade}: ";
        string text = $"{Time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)} {grade}{OneLine(Message)}";
        return Error is null ? text : $"{text}\n    {Error.ReplaceLineEndings("\n    ")}";
    }

    /// <summary>For programs.</summary>
    public string ToJson()
    {
        var json = new JsonObject
        {
            ["time"] = Time.ToString("O", CultureInfo.InvariantCulture),
            ["level"] = Grade,
            ["category"] = Category,
            ["event"] = Event,
            ["message"] = Message,
        };
        if (Error is not null)
            json["error"] = Error;
        return json.ToJsonString(s_json);
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
