namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>Campaigns of real trainings that take a fraction of a second each.</summary>
internal static class ShortRuns
{
    private const int ShortEpochs = 60;

    /// <summary>Trainings of SpaMI on one simulated slice of 576 spots, each evaluated.</summary>
    /// <param name="slice">The seed of the slice: another slice's campaign has no grain in common.</param>
    /// <param name="runs">How many.</param>
    /// <param name="epochs">Of each.</param>
    public static string Document(int slice, int runs, int epochs = ShortEpochs) =>
        $$"""
        version: 1
        name: runs-{{slice}}
        datasets:
          - name: drawn
            simulate: { modalities: [{ name: rna, like: rna, features: 200 }, { name: protein, like: protein, features: 30 }], grid: 24, seed: {{slice}} }
        methods:
          - { method: spami, parameters: { epochs: {{epochs}} } }
        seeds: {{runs}}
        evaluation: { neighbors: 10 }
        """;
}
