using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <content>Writing.</content>
internal sealed unsafe partial class H5Group
{
    private const int TextsPerBlock = 1 << 15;

    /// <summary>Creates a group.</summary>
    public H5Group CreateGroup(string name)
    {
        lock (H5Library.Gate)
        {
            H5Place place = PlaceOf(name);
            using H5PropertyHandle link = Utf8Names(place);
            using H5PropertyHandle creation = H5File.CreateList(H5Library.Types.GroupCreation, File.Path, writing: true);
            H5Error.Check(H5Native.H5Pset_obj_track_times(creation, 0), place, "preparing");
            nint id = H5Error.Check(H5Native.H5Gcreate2(Handle, name, link, creation, H5PropertyHandle.Default), place, "creating a group");
            return new H5Group(File, place.Path, new H5ObjectHandle(id));
        }
    }

    /// <summary>Creates a dataset that is to be filled.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="shape">Its shape; empty for a scalar.</param>
    /// <param name="chunk">The shape of a chunk, or empty to keep the data in one piece.</param>
    /// <param name="gzipLevel">1 … 9 to compress the chunks, 0 not to.</param>
    public H5Dataset CreateDataset(string name, H5TypeHandle type, ReadOnlySpan<long> shape, ReadOnlySpan<long> chunk, int gzipLevel)
    {
        lock (H5Library.Gate)
        {
            H5Place place = PlaceOf(name);
            using H5PropertyHandle link = Utf8Names(place);
            using H5PropertyHandle creation = H5File.CreateList(H5Library.Types.DatasetCreation, File.Path, writing: true);

            // Without times the same content is the same bytes.
            H5Error.Check(H5Native.H5Pset_obj_track_times(creation, 0), place, "preparing");
            if (chunk.Length > 0 && !shape.Contains(0))
            {
                fixed (long* lengths = chunk)
                    H5Error.Check(H5Native.H5Pset_chunk(creation, chunk.Length, (ulong*)lengths), place, "preparing");
                if (gzipLevel > 0)
                    H5Error.Check(H5Native.H5Pset_deflate(creation, (uint)gzipLevel), place, "preparing");
            }

            using H5SpaceHandle space = H5TypeFactory.Space(shape, place);
            nint id = H5Error.Check(
                H5Native.H5Dcreate2(Handle, name, type, space, link, creation, H5PropertyHandle.Default), place, "creating a dataset");
            return H5Dataset.Created(File, place.Path, new H5ObjectHandle(id));
        }
    }

    /// <summary>Writes a list of numbers.</summary>
    public H5Dataset WriteList<T>(string name, H5TypeHandle type, ReadOnlySpan<T> values, int gzipLevel = 0)
        where T : unmanaged
    {
        // Large enough to compress well and to cost few look-ups, small enough for the cache of any reader.
        const int ChunkLength = 1 << 16;
        H5Dataset dataset = CreateDataset(name, type, [values.Length], [int.Clamp(values.Length, 1, ChunkLength)], gzipLevel);
        fixed (T* bytes = values)
            dataset.Write([0], [values.Length], type, bytes);
        return dataset;
    }

    /// <summary>Writes one number.</summary>
    public H5Dataset WriteScalar<T>(string name, H5TypeHandle type, T value)
        where T : unmanaged
    {
        H5Dataset dataset = CreateDataset(name, type, [], [], 0);
        dataset.Write([], [], type, &value);
        return dataset;
    }

    /// <summary>Writes one text.</summary>
    public H5Dataset WriteScalar(string name, string text)
    {
        lock (H5Library.Gate)
        {
            using H5TypeHandle type = H5TypeFactory.VariableText(PlaceOf(name));
            H5Dataset dataset = CreateDataset(name, type, [], [], 0);
            using var block = new TextBlock([text], 0, 1);
            dataset.Write([], [], type, block.Pointers);
            return dataset;
        }
    }

    /// <summary>Writes a list of texts.</summary>
    public H5Dataset WriteList(string name, IReadOnlyList<string> texts)
    {
        lock (H5Library.Gate)
        {
            using H5TypeHandle type = H5TypeFactory.VariableText(PlaceOf(name));
            H5Dataset dataset = CreateDataset(name, type, [texts.Count], [], 0);
            for (int first = 0; first < texts.Count; first += TextsPerBlock)
            {
                int count = int.Min(TextsPerBlock, texts.Count - first);
                using var block = new TextBlock(texts, first, count);
                dataset.Write([first], [count], type, block.Pointers);
            }

            return dataset;
        }
    }

    private static H5PropertyHandle Utf8Names(H5Place place)
    {
        H5PropertyHandle link = H5File.CreateList(H5Library.Types.LinkCreation, place.File, place.Writing);
        H5Error.Check(H5Native.H5Pset_char_encoding(link, 1), place, "preparing");
        return link;
    }

    private H5Place PlaceOf(string name) => new(File.Path, Path.Length == 0 ? name : $"{Path}/{name}", File.Writing);
}
