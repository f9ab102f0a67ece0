using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Text;

/// <summary>Labels of spots, read from a file.</summary>
/// <param name="Annotation">A label per spot, in their order; −1 where the file has none.</param>
/// <param name="Labelled">How many spots have a label.</param>
/// <param name="Note">How the file was joined: a sentence.</param>
public sealed record SpotLabels(SpotAnnotation Annotation, int Labelled, string Note);
