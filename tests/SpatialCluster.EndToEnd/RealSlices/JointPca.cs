using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;

namespace SpatialCluster.EndToEnd.RealSlices;

/// <summary>What anyone would do without a spatial method: all modalities' features side by side, z-scored, principal components, Leiden.</summary>
internal static class JointPca
{
    private const int Components = 50;

    /// <summary>Finds as many domains as asked for, as the program does from its own embedding.</summary>
    public static TissueDomains Domains(Slice slice, int domains, ThreadTeam team)
    {
        using Matrix features = Features(slice, team);
        using PrincipalComponents components = PrincipalComponents.Of(features, int.Min(Components, features.Columns - 1), team);
        return DomainFinder.Find(new MethodResult { Embedding = components.Scores }, slice.Coordinates, new DomainOptions { Domains = domains }, seed: 0, team);
    }

    private static Matrix Features(Slice slice, ThreadTeam team)
    {
        PreprocessedModality[] parts =
        [
            .. slice.Modalities.Select(m => Preprocessor.Fit(m, PreprocessingOptions.For(m.Kind) with { Components = null }, team, new RandomStream(0))),
        ];
        var joint = new Matrix(slice.Spots, parts.Sum(part => part.Features.Columns));
        int offset = 0;
        foreach (PreprocessedModality part in parts)
        {
            for (int column = 0; column < part.Features.Columns; column++)
                Standardise(part.Features, column, joint, offset++);
            part.Dispose();
        }

        return joint;
    }

    private static void Standardise(Matrix from, int column, Matrix into, int target)
    {
        double[] values = [.. Enumerable.Range(0, from.Rows).Select(row => (double)from[row, column])];
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        for (int row = 0; row < values.Length; row++)
            into[row, target] = deviation > 0 ? (float)((values[row] - mean) / deviation) : 0;
    }
}
