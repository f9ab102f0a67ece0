namespace SpatialCluster.Artifacts.Stores;

/// <summary>What a store is asked for.</summary>
public enum StoreOperation
{
    /// <summary>To write what is not there.</summary>
    Put,

    /// <summary>To write over what is there.</summary>
    Replace,

    /// <summary>To open; reading what was opened is not counted.</summary>
    Open,

    /// <summary>To look up.</summary>
    Find,

    /// <summary>To list.</summary>
    List,

    /// <summary>To delete.</summary>
    Delete,
}
