using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Data.Loading;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Cli.Integration;

/// <summary>All that a command line asks of an integration.</summary>
internal sealed record IntegrationRequest
{
    public required SliceRequest Slice { get; init; }

    public required IntegrationOptions Options { get; init; }

    /// <summary>The number of neighbours for clustering was given: it is not lowered for small slices.</summary>
    public bool ClusterNeighboursGiven { get; init; }

    public RunSettings Run { get; init; } = new();

    public required OutputFiles Outputs { get; init; }

    /// <summary>Denoised values go into the output.</summary>
    public bool Denoise { get; init; }

    /// <summary>A trained model to apply; null trains.</summary>
    public SpaMiModel? Model { get; init; }

    /// <summary>The file of <see cref="Model"/>.</summary>
    public string? ModelPath { get; init; }

    /// <summary>Where the trained model goes, if anywhere.</summary>
    public string? SaveModel { get; init; }

    /// <summary>An interrupted training is kept, to be continued.</summary>
    public bool KeepsCheckpoint { get; init; } = true;

    /// <summary>Where an interrupted training lies.</summary>
    public string CheckpointPath => Outputs.Data + ".checkpoint";

    /// <summary>The files that are read, with what each is.</summary>
    public IReadOnlyList<(string Role, string Path)> InputFiles()
    {
        var files = new List<(string, string)>(Slice.Modalities.Select(m => (m.Name, m.Path)));
        if (Slice.Coordinates?.Path is { } coordinates)
            files.Add(("coordinates", coordinates));
        if (Slice.Truth?.Path is { } truth)
            files.Add(("truth", truth));
        if (ModelPath is not null)
            files.Add(("model", ModelPath));
        return files;
    }
}
