using System.Text.Json.Nodes;

namespace SpatialCluster.Campaigns.Running;

/// <summary>The work of one kind of grain. It runs on the thread of a device and may take its time there.</summary>
public interface IGrainWork
{
    /// <summary>The kind, such as <c>slice</c>.</summary>
    string Kind { get; }

    /// <summary>The code that this is, such as <c>slice.1</c>: grains planned for other versions are not for it.</summary>
    IReadOnlyList<string> Codes { get; }

    /// <summary>Does the work.</summary>
    /// <param name="spec">What to do.</param>
    /// <param name="context">Inputs, threads, checkpoints, the store.</param>
    /// <returns>What came of it.</returns>
    GrainProducts Run(JsonObject spec, GrainContext context);
}
