namespace SpatialCluster.Tests;

/// <summary>Real data that is not the project's own: looked for under <c>SPATIALCLUSTER_DATA</c>, skipped where absent.</summary>
internal static class RealData
{
    public static string Require(string relativePath)
    {
        string? root = Environment.GetEnvironmentVariable("SPATIALCLUSTER_DATA");
        Skip.If(string.IsNullOrEmpty(root), "SPATIALCLUSTER_DATA names no folder");
        string path = Path.Combine(root!, relativePath);
        Skip.IfNot(File.Exists(path) || Directory.Exists(path), $"{relativePath} is not under SPATIALCLUSTER_DATA");
        return path;
    }
}
