namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary>What was asked for is not there: 404.</summary>
/// <param name="message">What is not there, and the way out.</param>
internal sealed class MissingException(string message) : Exception(message);
