using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Hdf5;

/// <summary>
/// Reads measurement tables from HDF5 files of any of these kinds, told apart by their content: AnnData (<c>.h5ad</c>, all
/// encodings since 0.6), MuData (<c>.h5mu</c>), 10x Genomics (<c>.h5</c>) and the flat layout of the SpaMI paper. Counts
/// are never made dense; memory stays below twice the bytes of the non-zeros plus one block.
/// </summary>
public static class Hdf5TableReader
{
    /// <summary>Whether a file begins as HDF5 does.</summary>
    /// <param name="path">An existing file.</param>
    /// <returns>True for HDF5, also with a user block before it.</returns>
    public static bool IsHdf5(string path) => File.Exists(path) && H5File.HasSignature(path);

    /// <summary>Reads one table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Layer, and part: a modality of <c>.h5mu</c>, a feature type elsewhere.</param>
    /// <returns>The table; values as stored, negative ones included, but finite.</returns>
    /// <exception cref="BadInputException">
    /// No such file, not HDF5, damaged, nothing of that name in it, shapes that disagree, spot names that occur twice, values that
    /// are no numbers.
    /// </exception>
    public static MeasurementTable Read(string path, ReadOptions options)
    {
        using H5File file = H5File.Open(path);
        return KindOf(file.Root) switch
        {
            Hdf5Kind.MuData => MuDataReader.Read(file.Root, options),
            Hdf5Kind.TenX => TenXReader.Read(file.Root, options),
            Hdf5Kind.AnnData => FeatureParts.Take(new AnnDataGroup(file.Root).Read(options), options.Part),
            Hdf5Kind.Flat => FlatReader.Read(file.Root, options),
            _ => throw Unknown(file.Root),
        };
    }

    /// <summary>Looks what is in a file, without reading its values.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Tables, layers, embeddings and columns.</returns>
    /// <exception cref="BadInputException">As for <see cref="Read"/>.</exception>
    public static Hdf5Description Describe(string path)
    {
        using H5File file = H5File.Open(path);
        Hdf5Kind kind = KindOf(file.Root);
        return kind == Hdf5Kind.Unknown ? throw Unknown(file.Root) : new Hdf5Description(path, kind, TableDescriber.Describe(file.Root, kind));
    }

    internal static Hdf5Kind KindOf(H5Group root)
    {
        if (root.TextAttribute("encoding-type") == "MuData" || root.FindGroup("mod") is { } modalities && Closed(modalities))
            return Hdf5Kind.MuData;
        if (TenXReader.Recognises(root))
            return Hdf5Kind.TenX;
        if (root.Has("obs") && root.Has("var"))
            return Hdf5Kind.AnnData;
        return FlatReader.Recognises(root) ? Hdf5Kind.Flat : Hdf5Kind.Unknown;
    }

    private static bool Closed(H5Group group)
    {
        group.Dispose();
        return true;
    }

    private static BadInputException Unknown(H5Group root)
    {
        IReadOnlyList<string> names = root.Names();
        string found = names.Count == 0 ? "nothing" : string.Join(", ", names.Take(12));
        return new BadInputException(
            $"{root} is HDF5, but neither AnnData (X, obs, var), MuData (mod), a 10x matrix nor a flat file (X, cell, gene); it holds {found}: write it as .h5ad.");
    }
}
