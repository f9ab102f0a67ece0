using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Maps;

/// <summary>Spots that look the same.</summary>
/// <param name="Colour">Their colour.</param>
/// <param name="Title">What a pointer resting on them shows.</param>
internal readonly record struct SpotGroup(Rgb Colour, string? Title);
