namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Proteins: centred log-ratio of each spot. Defaults are those of SpaMI's tutorial 4 and of <c>paper/simulated</c>;
/// <c>paper/mouse-thymus</c> has <see cref="MinSpots"/> 50.
/// </summary>
public sealed record ProteinPreprocessingOptions : PreprocessingOptions
{
    /// <summary>
    /// Proteins counted in fewer spots are taken out of the panel, before the centring; null for no filter. Proteins counted
    /// nowhere never become features, but without a filter they stay in the panel over which the mean is taken.
    /// </summary>
    public int? MinSpots { get; init; }
}
