namespace SpatialCluster.Silo.Tests.Telemetry;

/// <summary>
/// Tests of what a whole process tells, run when no other test has a web server in this process: each has meters of the same names, and
/// those of one server end with it, also where another's are read.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessTelemetryCollection
{
    public const string Name = "Telemetry of the process";
}
