using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Tests.Memory;

/// <summary>Counts of the whole process: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(NativeMemoryTests), DisableParallelization = true)]
[Collection(nameof(NativeMemoryTests))]
public sealed class NativeMemoryTests
{
    private readonly long _before;

    public NativeMemoryTests()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _before = NativeBuffer.LiveBytes;
    }

    [Fact]
    public void Dispose_Matrix_FreesItsMemoryOnce()
    {
        var matrix = new Matrix(10, 17);
        NativeBuffer.LiveBytes.ShouldBe(_before + (10 * 32 * 4));
        matrix.Dispose();
        matrix.Dispose();
        NativeBuffer.LiveBytes.ShouldBe(_before);
        Should.Throw<ObjectDisposedException>(() => matrix[0, 0]);
        Should.Throw<ObjectDisposedException>(() => matrix.Clear());
    }

    [Fact]
    public void Dispose_Arena_FreesAllAndItsMatricesSaySo()
    {
        Arena arena = Arena.OfSize(1 << 16);
        Matrix matrix = arena.Allocate(4, 4);
        matrix.Dispose();
        matrix[3, 3].ShouldBe(0, "a matrix from an arena does not own its memory");
        NativeBuffer.LiveBytes.ShouldBe(_before + (1 << 16));
        arena.Dispose();
        NativeBuffer.LiveBytes.ShouldBe(_before);
        Should.Throw<ObjectDisposedException>(() => matrix[3, 3]);
    }

    [Fact]
    public void Finalisation_OfWhatNobodyHolds_FreesIt()
    {
        Leave();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        NativeBuffer.LiveBytes.ShouldBe(_before);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void Leave()
    {
        _ = new Matrix(100, 100);
        NativeBuffer.LiveBytes.ShouldBeGreaterThan(_before);
    }
}
