namespace SpatialCluster.Data.AnnData;

/// <summary>What a column of <c>obs</c> or <c>var</c> holds.</summary>
public enum ColumnKind
{
    /// <summary>Codes into a list of categories.</summary>
    Categorical,

    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Numbers.</summary>
    Floating,
}
