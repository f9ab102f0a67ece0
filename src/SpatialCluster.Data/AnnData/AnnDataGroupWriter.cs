using System.Runtime.InteropServices;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.AnnData;

/// <summary>Writes an AnnData object into a group, in the encodings that anndata's documentation describes as of 0.8.</summary>
internal static unsafe class AnnDataGroupWriter
{
    private const int BlockBytes = 1 << 20;

    /// <summary>Writes all parts of a document.</summary>
    public static void Write(H5Group group, AnnDataDocument document, int gzipLevel)
    {
        Encode(group, "anndata", "0.1.0");
        if (document.X is not null)
            WriteSparse(group, "X", document.X, gzipLevel);
        using (H5Group obs = group.CreateGroup("obs"))
            WriteFrame(obs, document.SpotNames, document.SpotColumns);
        using (H5Group var = group.CreateGroup("var"))
            WriteFrame(var, document.FeatureNames, document.FeatureColumns);
        using (H5Group layers = CreateDictionary(group, "layers"))
        {
            string[] names = MemberNames.Safe([.. document.Layers.Select(layer => layer.Name)]);
            for (int i = 0; i < names.Length; i++)
                WriteSparse(layers, names[i], document.Layers[i].Values, gzipLevel);
        }

        using (H5Group embeddings = CreateDictionary(group, "obsm"))
            WriteEmbeddings(embeddings, document, gzipLevel);
        foreach (string empty in (ReadOnlySpan<string>)["varm", "obsp", "varp"])
            CreateDictionary(group, empty).Dispose();
        UnstructuredWriter.Write(group, "uns", document.Unstructured);
    }

    /// <summary>Writes an index and columns.</summary>
    public static void WriteFrame(H5Group frame, IReadOnlyList<string> index, IReadOnlyList<DocumentColumn> columns)
    {
        // The index takes its name first, so that a column of that name is the one that gets a number.
        string[] names = MemberNames.Safe(["_index", .. columns.Select(column => column.Name)]);
        Encode(frame, "dataframe", "0.2.0");
        frame.WriteAttribute("_index", names[0]);
        frame.WriteAttribute("column-order", names[1..]);
        using (H5Dataset dataset = frame.WriteList(names[0], index))
            Encode(dataset, "string-array", "0.2.0");
        for (int i = 0; i < columns.Count; i++)
            WriteColumn(frame, names[i + 1], columns[i]);
    }

    /// <summary>An empty <c>dict</c>.</summary>
    public static H5Group CreateDictionary(H5Group parent, string name)
    {
        H5Group group = parent.CreateGroup(name);
        Encode(group, "dict", "0.1.0");
        return group;
    }

    /// <summary>A list of booleans.</summary>
    public static H5Dataset WriteFlags(H5Group group, string name, bool[] flags)
    {
        lock (H5Library.Gate)
        {
            using H5TypeHandle type = H5TypeFactory.Boolean(group.Place);
            return group.WriteList(name, type, MemoryMarshal.AsBytes<bool>(flags));
        }
    }

    /// <summary>Says how an element is encoded.</summary>
    public static void Encode(H5Location location, string type, string version)
    {
        location.WriteAttribute("encoding-type", type);
        location.WriteAttribute("encoding-version", version);
    }

    private static void WriteColumn(H5Group frame, string name, DocumentColumn column)
    {
        if (column is CategoricalColumn categorical)
        {
            WriteCategorical(frame, name, categorical);
            return;
        }

        using H5Dataset dataset = column switch
        {
            NumberColumn numbers => frame.WriteList<double>(name, H5Library.Types.Float64, numbers.Values),
            IntegerColumn integers => frame.WriteList<long>(name, H5Library.Types.Int64, integers.Values),
            FlagColumn flags => WriteFlags(frame, name, flags.Values),
            TextColumn texts => frame.WriteList(name, texts.Values),
            _ => throw new ArgumentException($"A column of the type {column.GetType().Name} cannot be written.", nameof(column)),
        };
        Encode(dataset, column is TextColumn ? "string-array" : "array", "0.2.0");
    }

    private static void WriteCategorical(H5Group frame, string name, CategoricalColumn column)
    {
        using H5Group group = frame.CreateGroup(name);
        Encode(group, "categorical", "0.2.0");
        group.WriteAttribute("ordered", flag: false);
        using (H5Dataset categories = group.WriteList("categories", column.Categories))
            Encode(categories, "string-array", "0.2.0");
        H5NativeTypes types = H5Library.Types;
        using H5Dataset codes = column.Categories.Count switch
        {
            <= sbyte.MaxValue => group.WriteList<sbyte>("codes", types.Int8, Array.ConvertAll(column.Codes, code => (sbyte)code)),
            <= short.MaxValue => group.WriteList<short>("codes", types.Int16, Array.ConvertAll(column.Codes, code => (short)code)),
            _ => group.WriteList<int>("codes", types.Int32, column.Codes),
        };
        Encode(codes, "array", "0.2.0");
    }

    private static void WriteSparse(H5Group parent, string name, CsrMatrix matrix, int gzipLevel)
    {
        using H5Group group = parent.CreateGroup(name);
        Encode(group, "csr_matrix", "0.1.0");
        group.WriteAttribute("shape", [matrix.Rows, matrix.Columns]);
        int nonZeros = (int)matrix.NonZeros;
        H5NativeTypes types = H5Library.Types;
        group.WriteList<float>("data", types.Float32, matrix.Values.AsSpan(0, nonZeros), gzipLevel).Dispose();
        group.WriteList<int>("indices", types.Int32, matrix.ColumnIndices.AsSpan(0, nonZeros), gzipLevel).Dispose();
        group.WriteList<int>("indptr", types.Int32, Array.ConvertAll(matrix.RowPointers, pointer => (int)pointer), gzipLevel).Dispose();
    }

    private static void WriteEmbeddings(H5Group group, AnnDataDocument document, int gzipLevel)
    {
        int spots = document.SpotNames.Count;
        string[] names = MemberNames.Safe([
            .. document.Tables.Select(table => table.Name),
            .. document.Embeddings.Select(embedding => embedding.Name),
            .. document.Streams.Select(stream => stream.Name),
        ]);
        int next = 0;
        foreach (NamedTable table in document.Tables)
            WriteTable(group, names[next++], spots, table);
        foreach (NamedMatrix<Matrix> embedding in document.Embeddings)
        {
            Matrix values = embedding.Values;
            WriteRows(group, names[next++], spots, values.Columns, gzipLevel, (first, rows, block) =>
            {
                for (int i = 0; i < rows; i++)
                    values.Row(first + i).CopyTo(block[(i * values.Columns)..]);
            });
        }

        foreach (StreamedMatrix stream in document.Streams)
            WriteRows(group, names[next++], spots, stream.Columns, gzipLevel, stream.Fill);
    }

    private static void WriteTable(H5Group group, string name, int spots, NamedTable table)
    {
        H5TypeHandle type = H5Library.Types.Float64;
        using H5Dataset dataset = group.CreateDataset(name, type, [spots, table.Columns], [], 0);
        fixed (double* values = table.Values)
            dataset.Write([0, 0], [spots, table.Columns], type, values);
        Encode(dataset, "array", "0.2.0");
    }

    private static void WriteRows(H5Group group, string name, int rows, int columns, int gzipLevel, RowBlockFill fill)
    {
        H5TypeHandle type = H5Library.Types.Float32;
        int blockRows = int.Clamp(BlockBytes / sizeof(float) / int.Max(1, columns), 1, int.Max(1, rows));
        using H5Dataset dataset = group.CreateDataset(name, type, [rows, columns], [blockRows, int.Max(1, columns)], gzipLevel);
        Encode(dataset, "array", "0.2.0");
        var block = new float[(long)blockRows * columns];
        for (int first = 0; first < rows && columns > 0; first += blockRows)
        {
            int count = int.Min(blockRows, rows - first);
            fill(first, count, block.AsSpan(0, count * columns));
            fixed (float* values = block)
                dataset.Write([first, 0], [count, columns], type, values);
            if (first > rows - blockRows)
                break;
        }
    }
}
