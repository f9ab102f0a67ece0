using SpatialCluster.Analysis.Neighbours;

namespace SpatialCluster.Analysis.Metrics;

/// <summary>How often neighbours carry the same label.</summary>
public static class NeighbourAgreement
{
    /// <summary>The mean over labelled spots of the share of their labelled neighbours with the spot's own label.</summary>
    /// <param name="table">The neighbours, in space or in an embedding.</param>
    /// <param name="labels">One per spot; negative ones are left out on both sides.</param>
    /// <returns>0 … 1; null where no labelled spot has a labelled neighbour.</returns>
    public static double? Mean(NeighbourTable table, ReadOnlySpan<int> labels)
    {
        if (labels.Length != table.Spots)
            throw new ArgumentException($"{table.Spots} spots and {labels.Length} labels do not belong together.", nameof(labels));
        double sum = 0;
        int counted = 0;
        for (int spot = 0; spot < table.Spots; spot++)
        {
            if (labels[spot] < 0)
                continue;
            int labelled = 0, same = 0;
            foreach (int neighbour in table.IndicesOf(spot))
            {
                labelled += labels[neighbour] >= 0 ? 1 : 0;
                same += labels[neighbour] == labels[spot] ? 1 : 0;
            }

            if (labelled == 0)
                continue;
            sum += (double)same / labelled;
            counted++;
        }

        return counted == 0 ? null : sum / counted;
    }
}
