using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;
using SpatialCluster.Data.Hdf5;

namespace SpatialCluster.Data.AnnData;

/// <summary>
/// Writes <c>.h5ad</c> files (the encodings of anndata 0.8) that anndata and scanpy open. The file is there whole or not at
/// all. The same document gives the same bytes (compressed ones: with the same zlib).
/// </summary>
public static class AnnDataWriter
{
    /// <summary>Writes a file, replacing one of that name.</summary>
    /// <param name="path">Its name, in an existing folder.</param>
    /// <param name="document">What goes into it.</param>
    /// <param name="gzipLevel">1 … 9 to compress matrices, 0 not to.</param>
    /// <param name="set">The files that it belongs to: it gets its name with them. Null for one on its own.</param>
    /// <exception cref="BadInputException">Lengths disagree, names occur twice, or the file cannot be written there.</exception>
    public static void Write(string path, AnnDataDocument document, int gzipLevel = 0, OutputSet? set = null)
    {
        DocumentCheck.Require(document, path);
        H5OutputFile.Write(path, [], root => AnnDataGroupWriter.Write(root, document, gzipLevel), set);
    }
}
