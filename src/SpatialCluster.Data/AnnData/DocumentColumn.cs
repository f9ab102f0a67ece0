using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.AnnData;

/// <summary>A column of <c>obs</c> or <c>var</c> to be written.</summary>
/// <param name="Name">Its name.</param>
public abstract record DocumentColumn(string Name)
{
    /// <summary>How many values it has.</summary>
    public abstract int Length { get; }

    /// <summary>A categorical column from labels.</summary>
    /// <param name="annotation">Labels; −1 is written as missing.</param>
    /// <returns>The column.</returns>
    public static DocumentColumn Of(SpotAnnotation annotation) => new CategoricalColumn(annotation.Name, annotation.Codes, annotation.Categories);
}

/// <summary>Codes into categories; −1 where missing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Codes">One per row.</param>
/// <param name="Categories">The labels, all different.</param>
public sealed record CategoricalColumn(string Name, int[] Codes, IReadOnlyList<string> Categories) : DocumentColumn(Name)
{
    /// <inheritdoc/>
    public override int Length => Codes.Length;
}

/// <summary>Numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">One per row.</param>
public sealed record NumberColumn(string Name, double[] Values) : DocumentColumn(Name)
{
    /// <inheritdoc/>
    public override int Length => Values.Length;
}

/// <summary>Whole numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">One per row.</param>
public sealed record IntegerColumn(string Name, long[] Values) : DocumentColumn(Name)
{
    /// <inheritdoc/>
    public override int Length => Values.Length;
}

/// <summary>True or false.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">One per row.</param>
public sealed record FlagColumn(string Name, bool[] Values) : DocumentColumn(Name)
{
    /// <inheritdoc/>
    public override int Length => Values.Length;
}

/// <summary>Text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">One per row.</param>
public sealed record TextColumn(string Name, IReadOnlyList<string> Values) : DocumentColumn(Name)
{
    /// <inheritdoc/>
    public override int Length => Values.Count;
}
