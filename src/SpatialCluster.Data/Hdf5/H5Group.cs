using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <summary>An open group.</summary>
internal sealed unsafe partial class H5Group : H5Location
{
    private const int MostMembers = 1_000_000;
    private const int GroupType = 2;
    private const int DatasetType = 5;

    internal H5Group(H5File file, string path, H5ObjectHandle handle)
        : base(file, path, handle)
    {
    }

    /// <summary>Whether something of that name is there.</summary>
    public bool Has(string name)
    {
        lock (H5Library.Gate)
        {
            int exists = name.Length == 0 ? 0 : H5Native.H5Lexists(Handle, name, H5PropertyHandle.Default);
            if (exists < 0)
                _ = H5Native.H5Eclear2(0);
            return exists > 0;
        }
    }

    /// <summary>The group of that name, or null where there is none or it is a dataset.</summary>
    public H5Group? FindGroup(string name)
    {
        H5Location? found = Find(name);
        if (found is H5Group group)
            return group;
        found?.Dispose();
        return null;
    }

    /// <summary>The dataset of that name, or null where there is none or it is a group.</summary>
    public H5Dataset? FindDataset(string name)
    {
        H5Location? found = Find(name);
        if (found is H5Dataset dataset)
            return dataset;
        found?.Dispose();
        return null;
    }

    /// <summary>The dataset of that name.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public H5Dataset Dataset(string name) =>
        FindDataset(name) ?? throw new BadInputException($"{this} lacks the dataset {name}; the file is incomplete: write it anew.");

    /// <summary>The group or dataset of that name, or null where there is none.</summary>
    public H5Location? Find(string name)
    {
        lock (H5Library.Gate)
        {
            if (!Has(name))
                return null;
            string path = Path.Length == 0 ? name : $"{Path}/{name}";
            var place = new H5Place(File.Path, path, File.Writing);
            var handle = new H5ObjectHandle(H5Error.Check(H5Native.H5Oopen(Handle, name, H5PropertyHandle.Default), place, "opening it"));
            int type = H5Native.H5Iget_type(handle);
            if (H5File.NameOf(handle) != File.LibraryName)
            {
                handle.Dispose();
                throw new BadInputException($"{place} is a link into another file, which is not followed; copy the data into one file.");
            }

            if (type == GroupType)
                return new H5Group(File, path, handle);
            handle.Dispose();
            return type == DatasetType ? H5Dataset.Open(this, name, path) : null;
        }
    }

    /// <summary>The names of the members, by name.</summary>
    public IReadOnlyList<string> Names()
    {
        lock (H5Library.Gate)
        {
            H5Error.Check(H5Native.H5Gget_info(Handle, out H5GroupInfo info), Place, "listing the group");
            if (info.Links > MostMembers)
                throw new BadInputException($"{this} claims {info.Links} members; the file is damaged: fetch or write it anew.");
            var names = new List<string>();
            byte[] buffer = new byte[1024];
            for (ulong i = 0; i < info.Links; i++)
                names.Add(NameAt(i, ref buffer));
            return names;
        }
    }

    private string NameAt(ulong position, ref byte[] buffer)
    {
        const int ByName = 0;
        const int Rising = 0;
        while (true)
        {
            fixed (byte* name = buffer)
            {
                nint length = H5Error.Check(
                    H5Native.H5Lget_name_by_idx(Handle, ".", ByName, Rising, position, name, (nuint)buffer.Length, H5PropertyHandle.Default),
                    Place,
                    "listing the group");
                if (length < buffer.Length)
                    return Encoding.UTF8.GetString(buffer, 0, (int)length);
                if (length > 1 << 20)
                    throw new BadInputException($"{this} has a member with a name of {length} bytes; the file is damaged: fetch or write it anew.");
                buffer = new byte[length + 1];
            }
        }
    }
}
