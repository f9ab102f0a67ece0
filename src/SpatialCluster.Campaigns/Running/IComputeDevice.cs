using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Campaigns.Running;

/// <summary>A device: it does one thing at a time, on a thread of its own.</summary>
public interface IComputeDevice : IDisposable
{
    /// <summary>Such as <c>cpu:0</c>.</summary>
    string Name { get; }

    /// <summary>The lane that it serves.</summary>
    Lane Lane { get; }

    /// <summary>Its threads.</summary>
    ThreadTeam Team { get; }

    /// <summary>Does something on the device's thread.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="work">What to do.</param>
    /// <returns>When it is done.</returns>
    Task<T> RunAsync<T>(Func<T> work);
}
