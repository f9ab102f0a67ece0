namespace SpatialCluster.Analysis.Communities;

/// <summary>What a search for a wanted number of communities found.</summary>
/// <param name="Labels">The domain of each node, 0 … Found−1, numbered by falling size; equal sizes by smallest member.</param>
/// <param name="Resolution">The resolution of the labels.</param>
/// <param name="Found">How many domains the labels hold.</param>
/// <param name="Reached">Whether that is the number asked for.</param>
/// <param name="Note">Where it was not reached: a sentence that says why, and what was kept instead; else null.</param>
public sealed record ResolutionSearchResult(int[] Labels, double Resolution, int Found, bool Reached, string? Note);
