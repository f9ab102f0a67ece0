using System.Runtime.InteropServices;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Compute.Memory;

/// <summary>64-byte-aligned native memory, zero-filled, released when nobody holds it any more.</summary>
internal sealed unsafe class NativeBuffer : SafeHandle
{
    /// <summary>The alignment in bytes: one cache line, one Vector512.</summary>
    public const int Alignment = 64;

    private static long s_live;

    private readonly MemoryAccount? _account = MemoryAccount.Current;

    public NativeBuffer(long bytes)
        : base(0, ownsHandle: true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
        try
        {
            SetHandle((nint)NativeMemory.AlignedAlloc((nuint)long.Max(bytes, Alignment), Alignment));
        }
        catch (OutOfMemoryException failure)
        {
            throw new SpatialClusterException(
                FailureKind.Permanent,
                $"{bytes / 1048576.0:N0} MiB of memory could not be had; use fewer spots, smaller dimensions, or a machine with more memory.",
                failure);
        }

        NativeMemory.Clear((void*)handle, (nuint)bytes);
        Interlocked.Add(ref s_live, bytes);
        _account?.Book(bytes);
        if (bytes > 0)
            GC.AddMemoryPressure(bytes);
    }

    /// <summary>Bytes now held by all buffers of the process; the leak check of the tests.</summary>
    public static long LiveBytes => Interlocked.Read(ref s_live);

    public long Bytes { get; }

    public override bool IsInvalid => handle == 0;

    public float* Floats => (float*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        Interlocked.Add(ref s_live, -Bytes);
        _account?.Book(-Bytes);
        if (Bytes > 0)
            GC.RemoveMemoryPressure(Bytes);
        return true;
    }
}
