namespace SpatialCluster.Methods.Training;

/// <summary>A place for the state of a training: it holds the last one that was saved, whole.</summary>
public interface ITrainingCheckpoint
{
    /// <summary>Where it is, for messages.</summary>
    string Location { get; }

    /// <summary>Opens what was saved last.</summary>
    /// <returns>Its bytes, to be disposed; null where nothing was.</returns>
    Stream? Open();

    /// <summary>Saves over what is there, whole or not at all.</summary>
    /// <param name="write">Writes the state.</param>
    void Save(Action<Stream> write);
}
