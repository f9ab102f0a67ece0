namespace SpatialCluster.Data.Hdf5.Interop;

/// <summary>Where something happens, for messages.</summary>
/// <param name="File">The path that the user knows.</param>
/// <param name="Path">The path of the object inside the file.</param>
/// <param name="Writing">Whether the file is being written.</param>
internal readonly record struct H5Place(string File, string Path, bool Writing)
{
    public override string ToString() => Path.Length == 0 ? File : $"{File} ({Path})";
}
