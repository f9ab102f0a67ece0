using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <content>Text and compound members.</content>
internal sealed unsafe partial class H5Dataset
{
    private const int TextBlockBytes = 1 << 20;

    /// <summary>The names of the members of a compound dataset.</summary>
    public IReadOnlyList<string> MemberNames()
    {
        lock (H5Library.Gate)
            return Element.Kind == ElementKind.Compound ? H5Element.MemberNames(Element) : [];
    }

    /// <summary>The element type of one member, or null where there is no such member.</summary>
    public H5Element? Member(string name)
    {
        lock (H5Library.Gate)
            return Element.Kind == ElementKind.Compound ? H5Element.MemberOf(Element, name, Place) : null;
    }

    /// <summary>All texts of a list.</summary>
    /// <exception cref="BadInputException">It is no list of text.</exception>
    public string[] ReadTexts() => ReadTexts(Element);

    /// <summary>All texts of a list, or of one text member of a compound list.</summary>
    public string[] ReadTexts(H5Element element)
    {
        if (element.Kind != ElementKind.Text || Shape.Length != 1)
            throw new BadInputException($"{this} should be a list of text, but is {ShapeText()} of {element.Description}; write the file anew.");
        var texts = new string[RequireArrayLength()];
        if (!element.VariableLength)
        {
            ReadTexts(element, texts, H5PropertyHandle.Default, memory: null);
            return texts;
        }

        using var memory = new H5TextMemory();
        H5PropertyHandle transfer;
        lock (H5Library.Gate)
        {
            transfer = H5File.CreateList(H5Library.Types.DatasetTransfer, Place.File, Place.Writing);
            H5Error.Check(memory.Serve(transfer), Place, "preparing");
        }

        using (transfer)
            ReadTexts(element, texts, transfer, memory);
        return texts;
    }

    /// <summary>The length of a list, where an array can hold it.</summary>
    public int RequireArrayLength() => Count <= Array.MaxLength
        ? (int)Count
        : throw new BadInputException($"{this} has {Count} elements, more than {Array.MaxLength}; split the file.");

    /// <summary>About as many elements of a list as wanted, but whole chunks of it.</summary>
    public int AlignedBlock(int wanted)
    {
        if (Chunk is not [long chunk])
            return wanted;
        long chunks = long.Max(1, wanted / chunk);
        return (int)long.Min(chunks * chunk, Array.MaxLength);
    }

    private void ReadTexts(H5Element element, string[] texts, H5PropertyHandle transfer, H5TextMemory? memory)
    {
        int size = int.Max(1, element.Size);
        int block = AlignedBlock(int.Max(1, TextBlockBytes / size));
        var buffer = new byte[checked((long)int.Min(block, int.Max(1, texts.Length)) * size)];
        for (int start = 0; start < texts.Length; start += block)
        {
            int here = int.Min(block, texts.Length - start);
            fixed (byte* bytes = buffer)
            {
                Read([start], [here], element, bytes, transfer);
                ElementText.Decode(element, bytes, texts.AsSpan(start, here));
            }

            memory?.Clear();
        }
    }
}
