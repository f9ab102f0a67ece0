using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Running;

/// <summary>What the work of a grain may use. All of its calls block: a device's thread has nothing else to do.</summary>
public abstract class GrainContext
{
    /// <summary>The device's threads.</summary>
    public abstract ThreadTeam Team { get; }

    /// <summary>Stops the work; training stops after an epoch, with a checkpoint.</summary>
    public abstract CancellationToken Cancellation { get; }

    /// <summary>How training is watched, stopped, and continued from an earlier attempt's checkpoint.</summary>
    public abstract TrainingControl Training { get; }

    /// <summary>The result of an input.</summary>
    /// <param name="key">One of the spec's inputs.</param>
    /// <returns>The result.</returns>
    public abstract GrainResult Input(GrainKey key);

    /// <summary>Opens bytes of the store; their digest is checked while they are read.</summary>
    /// <param name="content">Which.</param>
    /// <returns>The bytes, to be disposed.</returns>
    public abstract Stream Open(ContentDigest content);

    /// <summary>Copies bytes of the store to a file.</summary>
    /// <param name="content">Which.</param>
    /// <param name="path">The file, in a folder of <see cref="ScratchFolder"/>.</param>
    public abstract void CopyToFile(ContentDigest content, string path);

    /// <summary>Puts bytes into the store.</summary>
    /// <param name="name">What the output is called within the grain.</param>
    /// <param name="write">Writes them.</param>
    /// <returns>The output, for the products.</returns>
    public abstract GrainOutput Put(string name, Action<Stream> write);

    /// <summary>Puts a file into the store.</summary>
    /// <param name="name">What the output is called within the grain.</param>
    /// <param name="path">The file.</param>
    /// <returns>The output, for the products.</returns>
    public abstract GrainOutput PutFile(string name, string path);

    /// <summary>An empty folder of this attempt's own, which is removed after it.</summary>
    public abstract string ScratchFolder { get; }

    /// <summary>Tells what goes on, such as <c>read rna</c>.</summary>
    /// <param name="stage">In a few words.</param>
    public abstract void Stage(string stage);
}
