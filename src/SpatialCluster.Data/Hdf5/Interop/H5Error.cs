using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;

namespace SpatialCluster.Data.Hdf5.Interop;

/// <summary>Turns the library's error stack into one exception that names file and object.</summary>
internal static unsafe class H5Error
{
    [ThreadStatic]
    private static string? s_innermost;

    /// <summary>The innermost message of the error stack, which is then emptied. Call while holding the gate.</summary>
    public static string Take() => Brief(TakeWhole());

    private static string TakeWhole()
    {
        s_innermost = null;
        _ = H5Native.H5Ewalk2(0, 0, &Visit, null);
        _ = H5Native.H5Eclear2(0);
        return s_innermost ?? "no reason given";
    }

    /// <summary>One line: where the operating system gave a reason, that; times, addresses and sizes only hide it.</summary>
    private static string Brief(string text)
    {
        const string Reason = "error message = '";
        int start = text.IndexOf(Reason, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf('\'', start + Reason.Length);
        return end < 0
            ? string.Join(' ', text.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            : $"{text.Split(':')[0]}: {text[(start + Reason.Length)..end]}";
    }

    /// <summary>Throws unless a call succeeded (a result below zero is a failure).</summary>
    public static nint Check(nint result, H5Place place, string action)
    {
        if (result < 0)
            Throw(place, action);
        return result;
    }

    /// <inheritdoc cref="Check(nint, H5Place, string)"/>
    public static int Check(int result, H5Place place, string action)
    {
        if (result < 0)
            Throw(place, action);
        return result;
    }

    [DoesNotReturn]
    private static void Throw(H5Place place, string action)
    {
        string whole = TakeWhole(), reason = Brief(whole);
        if (place.Writing && AtomicFile.Explain(place.File, ErrorNumber(whole), cause: null) is { } full)
            throw full;
        throw place.Writing
            ? new SpatialClusterException(
                FailureKind.BadInput,
                $"{place}: {action} failed ({reason}); look for free space and write access there.")
            : new BadInputException(
                $"{place}: {action} failed in the HDF5 library ({reason}); the file is damaged or of a kind this library cannot read: fetch or write it anew.");
    }

    // The library tells the system's error as "…, errno = 28, error message = 'No space left on device', …".
    private static int ErrorNumber(string reason)
    {
        const string Mark = "errno = ";
        int start = reason.IndexOf(Mark, StringComparison.Ordinal);
        if (start < 0)
            return 0;
        ReadOnlySpan<char> rest = reason.AsSpan(start + Mark.Length);
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Visit(uint depth, H5ErrorEntry* entry, void* data)
    {
        if (s_innermost is null && entry->Description is not null)
            s_innermost = Marshal.PtrToStringUTF8((nint)entry->Description);
        return 0;
    }
}
