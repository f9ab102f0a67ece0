using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.AnnData;

/// <summary>Writes <c>.h5mu</c> files: one AnnData table per modality, whole or not at all.</summary>
public static class MuDataWriter
{
    private const int UserBlockBytes = 512;

    /// <summary>Writes a file, replacing one of that name.</summary>
    /// <param name="path">Its name, in an existing folder.</param>
    /// <param name="modalities">At least one, under different names; spots of one name are one spot.</param>
    /// <param name="gzipLevel">1 … 9 to compress matrices, 0 not to.</param>
    /// <exception cref="BadInputException">As for <see cref="AnnDataWriter.Write"/>.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, AnnDataDocument>> modalities, int gzipLevel = 0)
    {
        if (modalities.Count == 0)
            throw new BadInputException($"{path}: a MuData file needs at least one modality; give one.");
        foreach ((string name, AnnDataDocument document) in modalities)
            DocumentCheck.Require(document, $"{path} ({name})");
        var block = new byte[UserBlockBytes];
        Encoding.ASCII.GetBytes("MuData (format-version=0.1.0;creator=SpatialCluster;creator-version=0.1.0)", block);
        H5OutputFile.Write(path, block, root => WriteRoot(root, modalities, gzipLevel));
    }

    private static void WriteRoot(H5Group root, IReadOnlyList<KeyValuePair<string, AnnDataDocument>> modalities, int gzipLevel)
    {
        string[] names = MemberNames.Safe([.. modalities.Select(modality => modality.Key)]);
        root.WriteAttribute("encoding-type", "MuData");
        root.WriteAttribute("encoding-version", "0.1.0");
        WriteAxis(root, "obs", names, [.. modalities.Select(modality => modality.Value.SpotNames)], shared: true);
        WriteAxis(root, "var", names, [.. modalities.Select(modality => modality.Value.FeatureNames)], shared: false);
        foreach (string empty in (ReadOnlySpan<string>)["obsp", "varp", "uns"])
            AnnDataGroupWriter.CreateDictionary(root, empty).Dispose();
        using H5Group all = root.CreateGroup("mod");
        all.WriteAttribute("mod-order", names);
        for (int i = 0; i < names.Length; i++)
        {
            using H5Group group = all.CreateGroup(names[i]);
            AnnDataGroupWriter.Write(group, modalities[i].Value, gzipLevel);
        }
    }

    // The joint axis, and for each modality which of its rows (from 1; 0 for none) is at each place of it.
    private static void WriteAxis(H5Group root, string axis, string[] modalities, IReadOnlyList<string>[] names, bool shared)
    {
        var union = new List<string>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<(int Modality, int Row)>();
        for (int m = 0; m < names.Length; m++)
        {
            for (int i = 0; i < names[m].Count; i++)
            {
                string name = shared || places.TryAdd(names[m][i], union.Count) ? names[m][i] : $"{modalities[m]}:{names[m][i]}";
                if (shared && places.ContainsKey(name))
                    continue;
                places[name] = union.Count;
                union.Add(name);
                rows.Add((m, i));
            }
        }

        using (H5Group frame = root.CreateGroup(axis))
            AnnDataGroupWriter.WriteFrame(frame, union, []);
        using H5Group members = AnnDataGroupWriter.CreateDictionary(root, $"{axis}m");
        using H5Group map = AnnDataGroupWriter.CreateDictionary(root, $"{axis}map");
        for (int m = 0; m < names.Length; m++)
        {
            var position = new uint[union.Count];
            for (int i = 0; shared && i < names[m].Count; i++)
                position[places[names[m][i]]] = (uint)(i + 1);
            for (int i = 0; !shared && i < rows.Count; i++)
                position[i] = rows[i].Modality == m ? (uint)(rows[i].Row + 1) : 0;
            using H5Dataset mapped = map.WriteList<uint>(modalities[m], H5Library.Types.UInt32, position);
            AnnDataGroupWriter.Encode(mapped, "array", "0.2.0");
            using H5Dataset present = AnnDataGroupWriter.WriteFlags(members, modalities[m], [.. position.Select(p => p != 0)]);
            AnnDataGroupWriter.Encode(present, "array", "0.2.0");
        }
    }
}
