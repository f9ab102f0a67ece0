namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>What may happen to a request and its answer.</summary>
internal enum HttpFault
{
    /// <summary>It is not done, and the server says that it is busy.</summary>
    Refuse503,

    /// <summary>It is not done, and the server says that its condition does not hold.</summary>
    Refuse412,

    /// <summary>It is done, and the server says that it failed.</summary>
    DoAndAnswer500,

    /// <summary>It is done, and the connection is cut before the answer.</summary>
    DoAndCut,

    /// <summary>The connection is cut in the middle of the answer.</summary>
    CutInTheMiddle,
}
