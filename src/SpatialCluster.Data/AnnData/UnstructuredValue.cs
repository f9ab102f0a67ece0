namespace SpatialCluster.Data.AnnData;

/// <summary>A value of <c>uns</c>.</summary>
public abstract record UnstructuredValue;

/// <summary>Named values, themselves perhaps groups.</summary>
/// <param name="Entries">In the order in which they are written.</param>
public sealed record UnstructuredGroup(IReadOnlyList<KeyValuePair<string, UnstructuredValue>> Entries) : UnstructuredValue;

/// <summary>A text.</summary>
/// <param name="Value">The text.</param>
public sealed record UnstructuredText(string Value) : UnstructuredValue;

/// <summary>A number.</summary>
/// <param name="Value">The number.</param>
public sealed record UnstructuredNumber(double Value) : UnstructuredValue;

/// <summary>A whole number.</summary>
/// <param name="Value">The number.</param>
public sealed record UnstructuredInteger(long Value) : UnstructuredValue;

/// <summary>True or false.</summary>
/// <param name="Value">Which.</param>
public sealed record UnstructuredFlag(bool Value) : UnstructuredValue;

/// <summary>A list of texts.</summary>
/// <param name="Values">The texts.</param>
public sealed record UnstructuredTexts(IReadOnlyList<string> Values) : UnstructuredValue;

/// <summary>A list of numbers.</summary>
/// <param name="Values">The numbers.</param>
public sealed record UnstructuredNumbers(double[] Values) : UnstructuredValue;
