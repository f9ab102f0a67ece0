using System.Runtime.Intrinsics;

namespace SpatialCluster.Compute.Tests.Kernels;

/// <summary>A function of 16 lanes as a function of arrays.</summary>
internal static class Lanes
{
    public static float[] Map(Func<Vector512<float>, Vector512<float>> function, float[] x)
    {
        var y = new float[x.Length];
        var block = new float[16];
        for (int i = 0; i < x.Length; i += 16)
        {
            int count = Math.Min(16, x.Length - i);
            Array.Copy(x, i, block, 0, count);
            function(Vector512.Create(block)).CopyTo(block);
            Array.Copy(block, 0, y, i, count);
        }

        return y;
    }

    public static float One(Func<Vector512<float>, Vector512<float>> function, float x) => function(Vector512.Create(x))[7];
}
