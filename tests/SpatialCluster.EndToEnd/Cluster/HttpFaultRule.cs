namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A request that is to meet a fault.</summary>
/// <param name="Method">Such as <c>PUT</c>.</param>
/// <param name="Part">A part of its path.</param>
/// <param name="Place">Which of those that match: 0 for the first.</param>
/// <param name="Fault">What happens.</param>
internal sealed record HttpFaultRule(string Method, string Part, int Place, HttpFault Fault);
