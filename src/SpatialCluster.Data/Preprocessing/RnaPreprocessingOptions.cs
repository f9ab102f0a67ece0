namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Gene expression: filter genes, normalise each spot's total, log1p, highly variable genes, PCA (without components: the
/// log-normalised genes, dense). Defaults are those of
/// SpaMI's tutorials 2 (<c>paper/mouse-brain-p22</c>); others take 1,800 genes (<c>paper/misar-e15</c>), 21 components
/// (<c>paper/mouse-thymus</c>), or all genes and 100 components (<c>paper/simulated-tutorial</c>).
/// </summary>
public sealed record RnaPreprocessingOptions : PreprocessingOptions
{
    /// <summary>Makes the defaults: 50 components.</summary>
    public RnaPreprocessingOptions() => Components = 50;

    /// <summary>Genes counted in fewer spots are left out; genes counted in none always are.</summary>
    public int MinSpots { get; init; } = 10;

    /// <summary>The total of each spot after normalisation.</summary>
    public double TargetTotal { get; init; } = 1e4;

    /// <summary>How many highly variable genes (dispersion, flavour <c>seurat</c>) to keep; null keeps all.</summary>
    public int? HighlyVariableGenes { get; init; } = 3000;
}
