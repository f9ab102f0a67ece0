using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// How many of its nearest neighbours each spot shares with each other. Rows are made one at a time, from the lists of those
/// that have a spot among their neighbours, so that nothing of spots × spots is ever held.
/// </summary>
public sealed class SharedNeighbours
{
    private const int SpotsPerTile = 64;
    private readonly int[] _members;
    private readonly CsrMatrix _inverse;

    /// <summary>Prepares the lists.</summary>
    /// <param name="table">The neighbours.</param>
    /// <param name="neighbours">How many of each spot's neighbours count, from the nearest.</param>
    /// <param name="withSelf">Whether a spot also counts as its own neighbour, before those.</param>
    public SharedNeighbours(NeighbourTable table, int neighbours, bool withSelf)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(neighbours, table.Neighbours);
        Spots = table.Spots;
        Size = neighbours + (withSelf ? 1 : 0);
        _members = new int[checked(Spots * Size)];
        long[] pointers = new long[Spots + 1];
        for (int spot = 0; spot < Spots; spot++)
        {
            Span<int> list = _members.AsSpan(spot * Size, Size);
            table.IndicesOf(spot)[..neighbours].CopyTo(list);
            if (withSelf)
                list[^1] = spot;
            list.Sort();
            pointers[spot + 1] = (spot + 1L) * Size;
        }

        _inverse = new CsrMatrix(Spots, Spots, pointers, _members, new float[_members.Length]).Transpose();
    }

    /// <summary>Number of spots.</summary>
    public int Spots { get; }

    /// <summary>The length of each list: the most that two spots can share.</summary>
    public int Size { get; }

    /// <summary>What is done with a row.</summary>
    /// <param name="spot">The spot.</param>
    /// <param name="others">Rising: the spots that share a neighbour with it, itself among them.</param>
    /// <param name="shared">By spot, how many they share.</param>
    public delegate void RowVisit(int spot, ReadOnlySpan<int> others, ReadOnlySpan<int> shared);

    /// <summary>Counts for every spot, in tiles.</summary>
    /// <param name="team">The threads to use.</param>
    /// <param name="visit">Called once per spot, from any of the threads.</param>
    public void ForEach(ThreadTeam team, RowVisit visit)
    {
        var counts = new int[team.Threads][];
        var touched = new int[team.Threads][];
        team.For((Spots + SpotsPerTile - 1) / SpotsPerTile, tile =>
        {
            int thread = ThreadTeam.CurrentThread;
            int[] shared = counts[thread] ??= new int[Spots];
            int[] others = touched[thread] ??= new int[Spots];
            int end = Math.Min(Spots, (tile + 1) * SpotsPerTile);
            for (int spot = tile * SpotsPerTile; spot < end; spot++)
            {
                Span<int> met = others.AsSpan(0, Count(spot, shared, others));
                met.Sort();
                visit(spot, met, shared);
                foreach (int other in met)
                    shared[other] = 0;
            }
        });
    }

    /// <summary>
    /// The shared-nearest-neighbour graph: the Jaccard index s / (2 k − s) of two spots' lists of length k that share s (Jarvis
    /// &amp; Patrick 1973; Seurat's <c>ComputeSNN</c>, whose diagonal of ones is left out here, as its clustering does).
    /// </summary>
    /// <param name="prune">Weights below this are left out.</param>
    /// <param name="team">The threads to use.</param>
    /// <returns>Symmetric, spots × spots, weights in (0, 1], no self loops.</returns>
    /// <exception cref="BadInputException">So many spots share all neighbours that the graph would not fit.</exception>
    public CsrMatrix Jaccard(double prune, ThreadTeam team)
    {
        var pointers = new long[Spots + 1];
        ForEach(team, (spot, others, shared) =>
        {
            foreach (int other in others)
            {
                if (other != spot && Weight(shared[other]) >= prune)
                    pointers[spot + 1]++;
            }
        });
        for (int spot = 0; spot < Spots; spot++)
            pointers[spot + 1] += pointers[spot];
        if (pointers[Spots] > Array.MaxLength)
            throw new BadInputException($"The graph of shared neighbours has {pointers[Spots]:N0} edges, more than fit: too many of the {Spots:N0} spots are alike; leave out spots without counts.");
        var columns = new int[pointers[Spots]];
        var values = new float[pointers[Spots]];
        ForEach(team, (spot, others, shared) =>
        {
            long next = pointers[spot];
            foreach (int other in others)
            {
                double weight = Weight(shared[other]);
                if (other != spot && weight >= prune)
                    (columns[next], values[next++]) = (other, (float)weight);
            }
        });
        return new CsrMatrix(Spots, Spots, pointers, columns, values);
    }

    private double Weight(int shared) => (double)shared / (Size + (Size - shared));

    private int Count(int spot, int[] shared, int[] others)
    {
        int met = 0;
        foreach (int neighbour in _members.AsSpan(spot * Size, Size))
        {
            foreach (int other in _inverse.RowColumns(neighbour))
            {
                if (shared[other]++ == 0)
                    others[met++] = other;
            }
        }

        return met;
    }
}
