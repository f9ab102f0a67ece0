using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Takes files in from outside, so that specs can name them by content.</summary>
public interface IInputIngest
{
    /// <summary>Takes a file in.</summary>
    /// <param name="path">Where it lies on this machine.</param>
    /// <param name="name">What specs call it.</param>
    /// <returns>Its name, content and size.</returns>
    InputFile Ingest(string path, string name);
}
