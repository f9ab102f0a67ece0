using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <summary>A group or a dataset: what attributes hang on.</summary>
internal abstract unsafe partial class H5Location : IDisposable
{
    private const long MostAttributeElements = 1 << 20;

    protected H5Location(H5File file, string path, H5ObjectHandle handle)
    {
        File = file;
        Path = path;
        Handle = handle;
    }

    public H5File File { get; }

    /// <summary>The path inside the file, without a leading slash; empty for the root.</summary>
    public string Path { get; }

    public H5ObjectHandle Handle { get; }

    /// <summary>File and path, for messages.</summary>
    public H5Place Place => new(File.Path, Path, File.Writing);

    public bool HasAttribute(string name)
    {
        lock (H5Library.Gate)
            return H5Error.Check(H5Native.H5Aexists(Handle, name), Place, $"looking for the attribute {name}") > 0;
    }

    /// <summary>A text attribute, or null where it is absent or no text.</summary>
    public string? TextAttribute(string name) => TextsAttribute(name) is [string text] ? text : null;

    /// <summary>An attribute of any number of texts, or null where it is absent or no text.</summary>
    public string[]? TextsAttribute(string name) => ReadAttribute(name, static (element, buffer, count) =>
        element.Kind == ElementKind.Text ? ElementText.Decode(element, buffer, count) : null);

    /// <summary>An attribute of integers, or null where it is absent or holds something else.</summary>
    public long[]? IntegersAttribute(string name) => ReadAttribute(name, static (element, buffer, count) =>
    {
        if (element.Kind is not (ElementKind.Number or ElementKind.Boolean) || element.Format == NumberFormat.None)
            return null;
        var numbers = new long[count];
        ElementConversion.Convert<long>(element.Format, new ReadOnlySpan<byte>(buffer, checked(count * element.Size)), numbers);
        return numbers;
    });

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public override string ToString() => Place.ToString();

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            Handle.Dispose();
    }

    private T? ReadAttribute<T>(string name, AttributeDecoder<T> decode)
        where T : class
    {
        lock (H5Library.Gate)
        {
            if (!HasAttribute(name))
                return null;
            using var attribute = new H5AttributeHandle(H5Error.Check(
                H5Native.H5Aopen(Handle, name, H5PropertyHandle.Default), Place, $"opening the attribute {name}"));
            using var stored = new H5TypeHandle(H5Error.Check(H5Native.H5Aget_type(attribute), Place, $"reading the attribute {name}"));
            using H5Element element = H5Element.Of(stored, Place);
            using var space = new H5SpaceHandle(H5Error.Check(H5Native.H5Aget_space(attribute), Place, $"reading the attribute {name}"));
            long count = H5Extent.Of(space, Place).Count;
            if (count > MostAttributeElements || count * element.Size > File.Length + 4096)
                throw new BadInputException($"{this}: the attribute {name} claims {count} elements, more than the file has room for; it is damaged: fetch or write it anew.");
            var buffer = new byte[int.Max(1, (int)(count * element.Size))];
            fixed (byte* bytes = buffer)
            {
                if (count > 0)
                    H5Error.Check(H5Native.H5Aread(attribute, element.Memory, bytes), Place, $"reading the attribute {name}");
                T? value = decode(element, bytes, (int)count);
                if (count > 0 && element is { Kind: ElementKind.Text, VariableLength: true })
                    _ = H5Native.H5Dvlen_reclaim(element.Memory, space, H5PropertyHandle.Default, bytes);
                return value;
            }
        }
    }

    private delegate T? AttributeDecoder<T>(H5Element element, byte* buffer, int count)
        where T : class;
}
