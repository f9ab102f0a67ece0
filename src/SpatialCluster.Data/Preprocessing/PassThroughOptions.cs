namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// The given columns as they are (<c>--preprocessed</c>), as a dense copy. <see cref="PreprocessingOptions.Components"/> has no
/// meaning here. Negative values are welcome.
/// </summary>
public sealed record PassThroughOptions : PreprocessingOptions;
