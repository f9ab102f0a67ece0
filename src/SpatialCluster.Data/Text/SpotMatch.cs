namespace SpatialCluster.Data.Text;

/// <summary>Which row of a side table belongs to each spot.</summary>
/// <param name="RowOfSpot">A row per spot; −1 where there is none.</param>
/// <param name="Matched">How many spots have one.</param>
/// <param name="How">By what they were joined, to finish a sentence.</param>
internal sealed record SpotMatch(int[] RowOfSpot, int Matched, string How);
