using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>One kind of file (or folder) that tables come in.</summary>
public interface ITableFormat
{
    /// <summary>Whether a path is of this kind, by its content or its name; never throws for a path that is not there.</summary>
    /// <param name="path">A file or folder.</param>
    /// <returns>True when <see cref="Read"/> is the one to try.</returns>
    bool Recognises(string path);

    /// <summary>Reads it.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="options">Which part of it, and how.</param>
    /// <returns>Spots × features.</returns>
    MeasurementTable Read(string path, ReadOptions options);
}
