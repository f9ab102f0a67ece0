namespace SpatialCluster.Reporting.Charts;

/// <summary>Box plots that stand together above one name on the axis.</summary>
internal sealed record BoxGroup(string Label, IReadOnlyList<BoxSeries> Boxes);

/// <summary>The numbers of one box plot.</summary>
/// <param name="Name">What they are of, for those who point at it.</param>
/// <param name="Paint">Attributes with the class <c>box</c> and the colour of stroke and fill.</param>
/// <param name="Values">The numbers; sorted in place.</param>
internal sealed record BoxSeries(string Name, string Paint, List<double> Values);
