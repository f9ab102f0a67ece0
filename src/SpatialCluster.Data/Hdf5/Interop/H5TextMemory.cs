using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5.Interop;

/// <summary>
/// Where the library puts texts of variable length: one after another into a few blocks that go back together, where each
/// would else be allocated and freed on its own.
/// </summary>
internal sealed unsafe class H5TextMemory : IDisposable
{
    private const int BlockBytes = 1 << 20;
    private const int Alignment = 16;

    private Blocks* _blocks = (Blocks*)NativeMemory.AllocZeroed((nuint)sizeof(Blocks));

    /// <summary>Has a transfer put its texts here. Call while holding the gate.</summary>
    /// <param name="transfer">A list of the transfer's properties.</param>
    /// <returns>Below zero for a failure.</returns>
    public int Serve(H5PropertyHandle transfer) => H5Native.H5Pset_vlen_mem_manager(transfer, &Allocate, _blocks, &Free, null);

    /// <summary>Takes all texts back; the last block is used again.</summary>
    public void Clear()
    {
        if (_blocks->Last is null)
            return;
        FreeAll(_blocks->Last->Earlier);
        _blocks->Last->Earlier = null;
        _blocks->Used = (nuint)sizeof(BlockHead);
    }

    public void Dispose()
    {
        if (_blocks is null)
            return;
        FreeAll(_blocks->Last);
        NativeMemory.Free(_blocks);
        _blocks = null;
    }

    // An exception must not pass through the library: no memory is told by null.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void* Allocate(nuint size, void* state)
    {
        var blocks = (Blocks*)state;
        if (size > nuint.MaxValue / 2)
            return null;
        nuint rounded = (nuint.Max(size, 1) + Alignment - 1) & ~(nuint)(Alignment - 1);
        if (blocks->Last is null || blocks->Last->Length - blocks->Used < rounded)
        {
            nuint length = nuint.Max(BlockBytes, rounded + (nuint)sizeof(BlockHead));
            BlockHead* added;
            try
            {
                added = (BlockHead*)NativeMemory.Alloc(length);
            }
            catch (OutOfMemoryException)
            {
                return null;
            }

            *added = new BlockHead { Earlier = blocks->Last, Length = length };
            blocks->Last = added;
            blocks->Used = (nuint)sizeof(BlockHead);
        }

        byte* text = (byte*)blocks->Last + blocks->Used;
        blocks->Used += rounded;
        return text;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(void* text, void* state)
    {
    }

    private static void FreeAll(BlockHead* last)
    {
        while (last is not null)
        {
            BlockHead* earlier = last->Earlier;
            NativeMemory.Free(last);
            last = earlier;
        }
    }

    private struct Blocks
    {
        public BlockHead* Last;
        public nuint Used;
    }

    // Sixteen bytes, so that what follows is aligned as the block is.
    private struct BlockHead
    {
        public BlockHead* Earlier;
        public nuint Length;
    }
}
