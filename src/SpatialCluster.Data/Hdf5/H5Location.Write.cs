using System.Text;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <content>Writing attributes.</content>
internal abstract unsafe partial class H5Location
{
    public void WriteAttribute(string name, string text)
    {
        lock (H5Library.Gate)
        {
            using H5TypeHandle type = H5TypeFactory.VariableText(Place);
            using H5SpaceHandle space = H5TypeFactory.Space([], Place);
            using var attribute = new H5AttributeHandle(H5Error.Check(
                H5Native.H5Acreate2(Handle, name, type, space, H5PropertyHandle.Default, H5PropertyHandle.Default), Place, $"writing the attribute {name}"));
            fixed (byte* bytes = Encoding.UTF8.GetBytes(text + "\0"))
            {
                byte* pointer = bytes;
                H5Error.Check(H5Native.H5Awrite(attribute, type, &pointer), Place, $"writing the attribute {name}");
            }
        }
    }

    public void WriteAttribute(string name, IReadOnlyList<string> texts)
    {
        lock (H5Library.Gate)
        {
            using H5TypeHandle type = H5TypeFactory.VariableText(Place);
            using H5SpaceHandle space = H5TypeFactory.Space([texts.Count], Place);
            using var attribute = new H5AttributeHandle(H5Error.Check(
                H5Native.H5Acreate2(Handle, name, type, space, H5PropertyHandle.Default, H5PropertyHandle.Default), Place, $"writing the attribute {name}"));
            using var block = new TextBlock(texts, 0, texts.Count);
            if (texts.Count > 0)
                H5Error.Check(H5Native.H5Awrite(attribute, type, block.Pointers), Place, $"writing the attribute {name}");
        }
    }

    public void WriteAttribute(string name, ReadOnlySpan<long> numbers)
    {
        lock (H5Library.Gate)
        {
            H5TypeHandle type = H5Library.Types.Int64;
            using H5SpaceHandle space = H5TypeFactory.Space([numbers.Length], Place);
            using var attribute = new H5AttributeHandle(H5Error.Check(
                H5Native.H5Acreate2(Handle, name, type, space, H5PropertyHandle.Default, H5PropertyHandle.Default), Place, $"writing the attribute {name}"));
            fixed (long* values = numbers)
                H5Error.Check(H5Native.H5Awrite(attribute, type, values), Place, $"writing the attribute {name}");
        }
    }

    public void WriteAttribute(string name, bool flag)
    {
        lock (H5Library.Gate)
        {
            using H5TypeHandle type = H5TypeFactory.Boolean(Place);
            using H5SpaceHandle space = H5TypeFactory.Space([], Place);
            using var attribute = new H5AttributeHandle(H5Error.Check(
                H5Native.H5Acreate2(Handle, name, type, space, H5PropertyHandle.Default, H5PropertyHandle.Default), Place, $"writing the attribute {name}"));
            sbyte value = (sbyte)(flag ? 1 : 0);
            H5Error.Check(H5Native.H5Awrite(attribute, type, &value), Place, $"writing the attribute {name}");
        }
    }
}
