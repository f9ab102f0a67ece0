namespace SpatialCluster.Data.Hdf5;

/// <summary>The machine formats in which numbers lie in memory.</summary>
internal enum NumberFormat
{
    None,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float32,
    Float64,
}
