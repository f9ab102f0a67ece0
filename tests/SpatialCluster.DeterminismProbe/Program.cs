using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpatialCluster.DeterminismProbe;

/// <summary>
/// Prints what the processor offers to this process, then a digest of each kind of result. Run by a test under several settings
/// (<c>DOTNET_EnableAVX512=0</c>, <c>DOTNET_EnableAVX2=0</c>): the first part must differ, the second may not.
/// </summary>
internal static class Program
{
    private static void Main()
    {
        Console.WriteLine($"has Vector512 {Vector512.IsHardwareAccelerated}");
        Console.WriteLine($"has Vector256 {Vector256.IsHardwareAccelerated}");
        Console.WriteLine($"has Avx2 {Avx2.IsSupported}");
        Console.WriteLine($"has Fma {Fma.IsSupported}");
        foreach ((string name, Action<Digest> compute) in Workloads.All)
        {
            using var digest = new Digest();
            compute(digest);
            Console.WriteLine($"digest {name} {digest.Finish()}");
        }
    }
}
