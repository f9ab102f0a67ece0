using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <summary>The element type of a dataset or attribute, as it arrives in memory.</summary>
internal sealed unsafe class H5Element : IDisposable
{
    private const int Integer = 0;
    private const int Float = 1;
    private const int Text = 3;
    private const int Compound = 6;
    private const int Enumeration = 8;

    private H5Element(H5TypeHandle memory)
    {
        Memory = memory;
        Size = (int)ulong.Min(H5Native.H5Tget_size(memory), int.MaxValue);
    }

    public ElementKind Kind { get; private init; }

    /// <summary>The format of numbers and booleans.</summary>
    public NumberFormat Format { get; private init; }

    /// <summary>Bytes per element in memory.</summary>
    public int Size { get; }

    /// <summary>Text behind pointers rather than in fields of a fixed size.</summary>
    public bool VariableLength { get; private init; }

    /// <summary>Whether fixed-length text is padded with spaces.</summary>
    public bool SpacePadded { get; private init; }

    /// <summary>Whether the bytes in the file are those in memory.</summary>
    public bool StoredAsInMemory { get; private init; }

    /// <summary>The type to ask the library for.</summary>
    public H5TypeHandle Memory { get; }

    /// <summary>The type in words, for messages.</summary>
    public string Description => Kind switch
    {
        ElementKind.Number => Format.ToString().ToLowerInvariant(),
        ElementKind.Boolean => "bool",
        ElementKind.Text => "text",
        ElementKind.Compound => "compound",
        _ => "another type",
    };

    /// <summary>Looks at a type of the file. Call while holding the gate.</summary>
    public static H5Element Of(H5TypeHandle stored, H5Place place)
    {
        int typeClass = H5Error.Check(H5Native.H5Tget_class(stored), place, "reading the element type");
        switch (typeClass)
        {
            case Integer or Float:
            {
                H5TypeHandle memory = Native(stored, place);
                return new H5Element(memory)
                {
                    Kind = ElementKind.Number,
                    Format = FormatOf(memory, typeClass),
                    StoredAsInMemory = H5Native.H5Tequal(stored, memory) > 0,
                };
            }

            case Enumeration:
            {
                H5TypeHandle memory = Native(stored, place);
                using var underlying = new H5TypeHandle(H5Error.Check(H5Native.H5Tget_super(memory), place, "reading the element type"));
                NumberFormat format = FormatOf(underlying, Integer);
                return new H5Element(memory) { Kind = ElementKind.Boolean, Format = format };
            }

            case Text:
            {
                return new H5Element(Native(stored, place))
                {
                    Kind = ElementKind.Text,
                    VariableLength = H5Native.H5Tis_variable_str(stored) > 0,
                    SpacePadded = H5Native.H5Tget_strpad(stored) == 2,
                };
            }

            default:
                return new H5Element(new H5TypeHandle(H5Error.Check(H5Native.H5Tcopy(stored), place, "reading the element type")))
                {
                    Kind = typeClass == Compound ? ElementKind.Compound : ElementKind.Other,
                };
        }
    }

    /// <summary>One member of a compound type: reading with it fetches that member alone. Call while holding the gate.</summary>
    public static H5Element? MemberOf(H5Element compound, string name, H5Place place)
    {
        int members = H5Native.H5Tget_nmembers(compound.Memory);
        for (uint i = 0; i < members; i++)
        {
            if (MemberName(compound, i) != name)
                continue;
            using var stored = new H5TypeHandle(H5Error.Check(H5Native.H5Tget_member_type(compound.Memory, i), place, "reading the element type"));
            using H5Element member = Of(stored, place);
            var memory = new H5TypeHandle(H5Error.Check(
                H5Native.H5Tcreate(Compound, (nuint)int.Max(1, member.Size)), place, "reading the element type"));
            H5Error.Check(H5Native.H5Tinsert(memory, name, 0, member.Memory), place, "reading the element type");
            return new H5Element(memory)
            {
                Kind = member.Kind,
                Format = member.Format,
                VariableLength = member.VariableLength,
                SpacePadded = member.SpacePadded,
            };
        }

        return null;
    }

    /// <summary>The members of a compound type. Call while holding the gate.</summary>
    public static IReadOnlyList<string> MemberNames(H5Element compound)
    {
        int members = int.Max(0, H5Native.H5Tget_nmembers(compound.Memory));
        var names = new string[members];
        for (uint i = 0; i < members; i++)
            names[i] = MemberName(compound, i);
        return names;
    }

    public void Dispose() => Memory.Dispose();

    private static string MemberName(H5Element compound, uint member)
    {
        byte* name = H5Native.H5Tget_member_name(compound.Memory, member);
        string text = System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)name) ?? "";
        _ = H5Native.H5free_memory(name);
        return text;
    }

    private static H5TypeHandle Native(H5TypeHandle stored, H5Place place) =>
        new(H5Error.Check(H5Native.H5Tget_native_type(stored, 1), place, "reading the element type"));

    private static NumberFormat FormatOf(H5TypeHandle type, int typeClass)
    {
        ulong size = H5Native.H5Tget_size(type);
        if (typeClass == Float)
            return size == 4 ? NumberFormat.Float32 : size == 8 ? NumberFormat.Float64 : NumberFormat.None;
        bool signed = H5Native.H5Tget_sign(type) == 1;
        return size switch
        {
            1 => signed ? NumberFormat.Int8 : NumberFormat.UInt8,
            2 => signed ? NumberFormat.Int16 : NumberFormat.UInt16,
            4 => signed ? NumberFormat.Int32 : NumberFormat.UInt32,
            8 => signed ? NumberFormat.Int64 : NumberFormat.UInt64,
            _ => NumberFormat.None,
        };
    }
}
