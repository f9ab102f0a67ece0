using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>Finds the Orleans grain of a plan's grain.</summary>
internal static class WorkGrains
{
    /// <summary>The grain for a key.</summary>
    public static IWorkGrain Of(IGrainFactory factory, string key) => key[..key.IndexOf('/', StringComparison.Ordinal)] switch
    {
        "slice" => factory.GetGrain<ISliceGrain>(key),
        "modality" => factory.GetGrain<IModalityGrain>(key),
        "training-run" => factory.GetGrain<ITrainingRunGrain>(key),
        _ => factory.GetGrain<IStepGrain>(key),
    };

    /// <summary>Reads a key.</summary>
    public static GrainKey Key(string text) => GrainKey.TryParse(text, out GrainKey key) ? key : throw new ArgumentException($"'{text}' is no grain's key.", nameof(text));
}
