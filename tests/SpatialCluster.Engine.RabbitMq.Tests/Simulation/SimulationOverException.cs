namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>Ends a thread whose process died.</summary>
internal sealed class SimulationOverException : Exception;
