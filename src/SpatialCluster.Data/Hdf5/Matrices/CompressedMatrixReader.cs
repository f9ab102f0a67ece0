using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>
/// Reads matrices stored as <c>data</c>, <c>indices</c>, <c>indptr</c>: straight into the arrays of the result, checked
/// block by block while they are in the cache. Compressed columns are read as the transpose and turned, in linear time.
/// </summary>
internal static class CompressedMatrixReader
{
    /// <summary>Reads the matrix.</summary>
    /// <param name="group">Holds the three lists.</param>
    /// <param name="byColumn">Whether <c>indptr</c> runs over features.</param>
    /// <param name="names">Names of rows and columns, in number as the matrix.</param>
    /// <returns>Spots × features.</returns>
    public static CsrMatrix Read(H5Group group, bool byColumn, MatrixNames names)
    {
        int major = byColumn ? names.Features.Count : names.Spots.Count;
        int minor = byColumn ? names.Spots.Count : names.Features.Count;
        using H5Dataset data = group.Dataset("data");
        using H5Dataset indices = group.Dataset("indices");
        long[] pointers = ReadPointers(group, major, names, long.Min(data.Count, indices.Count));
        int nonZeros = (int)pointers[major];
        int[] columns = ReadIndices(indices, nonZeros, pointers, minor, names, out bool sorted);
        float[] values = ReadValues(data, nonZeros, pointers, columns, byColumn, names);
        if (!sorted)
            RowOrder.Sort(pointers, columns, values);
        var matrix = new CsrMatrix(major, minor, pointers, columns, values);
        return byColumn ? matrix.Transpose() : matrix;
    }

    private static long[] ReadPointers(H5Group group, int major, MatrixNames names, long stored)
    {
        using H5Dataset dataset = group.Dataset("indptr");
        if (dataset.Count != major + 1L)
            throw names.Damaged($"indptr has {dataset.Count} elements where {major + 1L} belong");
        long[] pointers = new H5Vector<long>(dataset).ReadAll();
        if (pointers[0] != 0)
            throw names.Damaged($"indptr begins with {pointers[0]} instead of 0");
        for (int i = 0; i < major; i++)
        {
            if (pointers[i + 1] < pointers[i])
                throw names.Damaged($"indptr falls at element {i + 1}");
        }

        if (pointers[major] > stored)
            throw names.Damaged($"indptr ends at {pointers[major]}, but only {stored} values are stored");
        return pointers[major] <= Array.MaxLength
            ? pointers
            : throw new BadInputException($"{names.Place} has {pointers[major]} stored values, more than {Array.MaxLength}; split the file into slices.");
    }

    private static int[] ReadIndices(H5Dataset dataset, int nonZeros, long[] pointers, int minor, MatrixNames names, out bool sorted)
    {
        var reader = new H5Vector<int>(dataset);
        int[] indices = GC.AllocateUninitializedArray<int>(nonZeros);
        sorted = true;
        int row = 0;
        for (int start = 0; start < nonZeros;)
        {
            int end = start + int.Min(reader.BlockLength, nonZeros - start);
            reader.Read(start, indices.AsSpan(start, end - start));
            for (; row + 1 < pointers.Length && pointers[row + 1] <= end; row++)
                sorted &= CheckRow(indices.AsSpan((int)pointers[row], (int)(pointers[row + 1] - pointers[row])), minor, names);
            start = end;
        }

        return indices;
    }

    private static bool CheckRow(ReadOnlySpan<int> indices, int minor, MatrixNames names)
    {
        if (indices.Length == 0)
            return true;
        bool sorted = RisingCheck.IsStrictlyRising(indices);
        int least = indices[0];
        int most = indices[^1];
        for (int i = 0; !sorted && i < indices.Length; i++)
        {
            least = int.Min(least, indices[i]);
            most = int.Max(most, indices[i]);
        }

        if (least < 0 || most >= minor)
            throw names.Damaged($"indices names {(least < 0 ? least : most)}, which is outside 0 … {minor - 1}");
        return sorted;
    }

    private static float[] ReadValues(H5Dataset dataset, int nonZeros, long[] pointers, int[] indices, bool byColumn, MatrixNames names)
    {
        var reader = new H5Vector<float>(dataset);
        float[] values = GC.AllocateUninitializedArray<float>(nonZeros);
        for (int start = 0; start < nonZeros;)
        {
            Span<float> block = values.AsSpan(start, int.Min(reader.BlockLength, nonZeros - start));
            reader.Read(start, block);
            int bad = FiniteCheck.IndexOfNonFinite(block);
            if (bad >= 0)
            {
                int major = MajorOf(pointers, start + bad);
                int minor = indices[start + bad];
                throw byColumn ? names.NotFinite(minor, major, block[bad]) : names.NotFinite(major, minor, block[bad]);
            }

            start += block.Length;
        }

        return values;
    }

    // The last row that begins at or before an element and is not empty.
    private static int MajorOf(long[] pointers, long element)
    {
        int low = 0;
        int high = pointers.Length - 2;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (pointers[middle] <= element)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}
