using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>A matrix of an AnnData file in any of its encodings.</summary>
internal static class StoredMatrix
{
    /// <summary>Reads a dense dataset or a sparse group.</summary>
    public static CsrMatrix Read(H5Location location, IReadOnlyList<string> spots, IReadOnlyList<string> features)
    {
        var names = new MatrixNames(location.ToString(), spots, features);
        if (location is H5Dataset dataset)
            return DenseMatrixReader.Read(dataset, names);
        var group = (H5Group)location;
        (string encoding, long rows, long columns) = Describe(group);
        if (rows != spots.Count || columns != features.Count)
            throw names.WrongShape(rows, columns);
        return CompressedMatrixReader.Read(group, encoding == "csc", names);
    }

    /// <summary>What a sparse group says it is: <c>csr</c> or <c>csc</c>, and its shape.</summary>
    /// <exception cref="BadInputException">It is none of these, or has no shape.</exception>
    public static (string Encoding, long Rows, long Columns) Describe(H5Group group)
    {
        string? encoding = group.TextAttribute("encoding-type") ?? group.TextAttribute("h5sparse_format");
        string form = encoding switch
        {
            "csr_matrix" or "csr" => "csr",
            "csc_matrix" or "csc" => "csc",
            _ => throw new BadInputException(
                $"{group} has the encoding-type '{encoding ?? "none"}', which is not known here; write it as an array, a csr_matrix or a csc_matrix."),
        };
        return (group.IntegersAttribute("shape") ?? group.IntegersAttribute("h5sparse_shape")) is [var rows, var columns]
            ? (form, rows, columns)
            : throw new BadInputException($"{group} lacks the attribute shape with two numbers; write the file anew.");
    }
}
