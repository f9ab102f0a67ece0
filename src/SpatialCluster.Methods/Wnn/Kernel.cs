using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Methods.Wnn;

/// <summary>How alike two spots are, by how far they lie apart.</summary>
internal static class Kernel
{
    /// <summary>exp(−distance / bandwidth); for a bandwidth of 0 its limit, 1 at no distance and else 0.</summary>
    public static double Of(double distance, double bandwidth)
    {
        if (bandwidth > 0)
            return StableMath.Exp(-(distance / bandwidth));
        return distance > 0 ? 0 : 1;
    }
}
