namespace SpatialCluster.Data.Loading;

/// <summary>How much a note matters.</summary>
public enum LoadSeverity
{
    /// <summary>Good to know: what was taken from where.</summary>
    Info,

    /// <summary>May be a mistake in the input.</summary>
    Warning,
}
