using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// For each spot the distance ρ below which membership is full, and the scale σ with
/// Σⱼ exp(−max(0, dⱼ − ρ)/σ) = log₂ k, k counting the spot itself (umap-learn, <c>smooth_knn_dist</c>).
/// </summary>
internal sealed class MembershipScales
{
    private const int Iterations = 64;
    private const double Tolerance = 1e-5;
    private const double SmallestScale = 1e-3;
    private const int SpotsPerTile = 256;
    private readonly NeighbourTable _table;
    private readonly double[] _rho;
    private readonly double[] _sigma;

    public MembershipScales(NeighbourTable table, ThreadTeam team)
    {
        _table = table;
        _rho = new double[table.Spots];
        _sigma = new double[table.Spots];
        double sum = 0;
        foreach (double distance in table.Distances)
            sum += distance;
        double meanDistance = sum / ((long)table.Spots * (table.Neighbours + 1));
        team.For((table.Spots + SpotsPerTile - 1) / SpotsPerTile, tile =>
        {
            int end = Math.Min(table.Spots, (tile + 1) * SpotsPerTile);
            for (int spot = tile * SpotsPerTile; spot < end; spot++)
                Fit(spot, meanDistance);
        });
    }

    /// <summary>The membership of a neighbour at a distance: in [0, 1].</summary>
    public double Membership(int spot, double distance)
    {
        double beyond = distance - _rho[spot];
        return beyond <= 0 || _sigma[spot] == 0 ? 1 : StableMath.Exp(-(beyond / _sigma[spot]));
    }

    private void Fit(int spot, double meanDistance)
    {
        ReadOnlySpan<double> distances = _table.DistancesOf(spot);
        double rho = 0;
        foreach (double distance in distances)
        {
            if (distance > 0)
            {
                rho = distance;
                break;
            }
        }

        double sigma = Bisect(distances, rho, StableMath.Log2(distances.Length + 1));
        // The floor keeps isolated spots and piles of equal ones connected softly.
        double mean = meanDistance;
        if (rho > 0)
        {
            mean = 0;
            foreach (double distance in distances)
                mean += distance;
            mean /= distances.Length + 1;
        }

        _rho[spot] = rho;
        _sigma[spot] = Math.Max(sigma, SmallestScale * mean);
    }

    private static double Bisect(ReadOnlySpan<double> distances, double rho, double target)
    {
        double low = 0, high = double.PositiveInfinity, middle = 1;
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double sum = 0;
            foreach (double distance in distances)
                sum += distance > rho ? StableMath.Exp(-((distance - rho) / middle)) : 1;
            if (Math.Abs(sum - target) < Tolerance)
                break;
            if (sum > target)
                high = middle;
            else
                low = middle;
            middle = double.IsPositiveInfinity(high) ? middle * 2 : (low + high) / 2;
        }

        return middle;
    }
}
