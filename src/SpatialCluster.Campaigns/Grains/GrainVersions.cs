namespace SpatialCluster.Campaigns.Grains;

/// <summary>
/// Versions of the code that makes each kind of grain. One is raised whenever the same spec would give another result; a test
/// compares results with recorded ones and fails when they move and the version does not. Methods have their own.
/// </summary>
public static class GrainVersions
{
    /// <summary>Of simulation, loading and perturbations.</summary>
    public const int Slice = 1;

    /// <summary>Of preprocessing.</summary>
    public const int Modality = 1;

    /// <summary>Of what surrounds every method; the method's own version counts beside it.</summary>
    public const int TrainingRun = 1;

    /// <summary>Of clustering, scores and layouts.</summary>
    public const int Evaluation = 1;

    /// <summary>Of the tables.</summary>
    public const int Report = 2;
}
