using System.Runtime.InteropServices;
using System.Text;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Text as libhdf5 delivers it, decoded as UTF-8 (a superset of its ASCII).</summary>
internal static unsafe class ElementText
{
    /// <summary>Decodes a buffer of text elements.</summary>
    public static string[] Decode(H5Element element, byte* buffer, int count)
    {
        var texts = new string[count];
        Decode(element, buffer, texts);
        return texts;
    }

    /// <summary>Decodes a buffer of text elements, as many as there is room for.</summary>
    public static void Decode(H5Element element, byte* buffer, Span<string> texts)
    {
        for (int i = 0; i < texts.Length; i++)
            texts[i] = element.VariableLength ? FromPointer(((byte**)buffer)[i]) : FromField(element, buffer + ((long)i * element.Size));
    }

    private static string FromPointer(byte* text) =>
        text is null ? "" : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private static string FromField(H5Element element, byte* field)
    {
        var bytes = new ReadOnlySpan<byte>(field, element.Size);
        int end = bytes.IndexOf((byte)0);
        if (end >= 0)
            bytes = bytes[..end];
        if (element.SpacePadded)
            bytes = bytes.TrimEnd((byte)' ');
        return Encoding.UTF8.GetString(bytes);
    }
}
