using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.AnnData;

/// <summary>Writes <c>uns</c>.</summary>
internal static class UnstructuredWriter
{
    /// <summary>Writes a value, groups with all that is in them.</summary>
    public static void Write(H5Group parent, string name, UnstructuredValue value)
    {
        if (value is UnstructuredGroup entries)
        {
            using H5Group group = AnnDataGroupWriter.CreateDictionary(parent, name);
            string[] names = MemberNames.Safe([.. entries.Entries.Select(entry => entry.Key)]);
            for (int i = 0; i < names.Length; i++)
                Write(group, names[i], entries.Entries[i].Value);
            return;
        }

        H5NativeTypes types = H5Library.Types;
        using H5Dataset dataset = value switch
        {
            UnstructuredText text => parent.WriteScalar(name, text.Value),
            UnstructuredNumber number => parent.WriteScalar(name, types.Float64, number.Value),
            UnstructuredInteger integer => parent.WriteScalar(name, types.Int64, integer.Value),
            UnstructuredFlag flag => WriteFlag(parent, name, flag.Value),
            UnstructuredTexts texts => parent.WriteList(name, texts.Values),
            UnstructuredNumbers numbers => parent.WriteList<double>(name, types.Float64, numbers.Values),
            _ => throw new ArgumentException($"A value of the type {value.GetType().Name} cannot be written.", nameof(value)),
        };
        (string encoding, string version) = value switch
        {
            UnstructuredText => ("string", "0.2.0"),
            UnstructuredTexts => ("string-array", "0.2.0"),
            UnstructuredNumbers => ("array", "0.2.0"),
            _ => ("numeric-scalar", "0.2.0"),
        };
        AnnDataGroupWriter.Encode(dataset, encoding, version);
    }

    private static H5Dataset WriteFlag(H5Group parent, string name, bool flag)
    {
        lock (H5Library.Gate)
        {
            using H5TypeHandle type = H5TypeFactory.Boolean(parent.Place);
            return parent.WriteScalar(name, type, (sbyte)(flag ? 1 : 0));
        }
    }
}
