namespace SpatialCluster.Silo.Telemetry;

/// <summary>How log lines are written.</summary>
public enum LogFormat
{
    /// <summary>For people: time, level, text.</summary>
    Text,

    /// <summary>For programs: a JSON object per line.</summary>
    Json,
}
