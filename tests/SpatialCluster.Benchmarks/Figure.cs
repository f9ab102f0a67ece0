namespace SpatialCluster.Benchmarks;

/// <summary>One measured figure.</summary>
/// <param name="Benchmark">The benchmark that measured it.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit; empty for a ratio.</param>
/// <param name="Target">What it is held to, or null.</param>
/// <param name="Met">Whether it is there; null without a target.</param>
internal sealed record Figure(string Benchmark, string What, double Value, string Unit, string? Target, bool? Met);
