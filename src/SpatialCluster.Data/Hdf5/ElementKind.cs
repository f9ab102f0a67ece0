namespace SpatialCluster.Data.Hdf5;

/// <summary>What the elements of a dataset or attribute are.</summary>
internal enum ElementKind
{
    Other,
    Number,
    Boolean,
    Text,
    Compound,
}
