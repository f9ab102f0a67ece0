namespace SpatialCluster.Analysis.Metrics;

/// <summary>Renames the clusters of one clustering after those of another, so that pictures of both share their colours.</summary>
public static class LabelMatching
{
    /// <summary>
    /// Pairs clusters one to one so that as many spots as possible carry paired labels (Kuhn 1955, by shortest augmenting paths:
    /// cubic in the number of labels).
    /// </summary>
    /// <param name="reference">One label per spot, 0 … R−1; negative ones are missing.</param>
    /// <param name="labels">One label per spot, 0 … L−1; negative ones are missing.</param>
    /// <returns>For each label 0 … L−1 its new name: the paired reference label or, where none is left, R, R+1, … in order of
    /// the labels.</returns>
    public static int[] Align(ReadOnlySpan<int> reference, ReadOnlySpan<int> labels)
    {
        if (reference.Length != labels.Length)
            throw new ArgumentException($"{reference.Length} and {labels.Length} labels do not belong together.", nameof(labels));
        int references = Count(reference), count = Count(labels), size = Math.Max(references, count);
        var overlap = new long[size, size];
        for (int i = 0; i < labels.Length; i++)
        {
            if (reference[i] >= 0 && labels[i] >= 0)
                overlap[labels[i], reference[i]]++;
        }

        int[] match = Assign(overlap, size);
        int fresh = references;
        for (int label = 0; label < count; label++)
        {
            if (match[label] >= references)
                match[label] = fresh++;
        }

        return match[..count];
    }

    /// <summary>Applies what <see cref="Align"/> found.</summary>
    /// <param name="labels">One label per spot; negative ones stay.</param>
    /// <param name="names">The new name of each label.</param>
    /// <returns>The renamed labels.</returns>
    public static int[] Rename(ReadOnlySpan<int> labels, ReadOnlySpan<int> names)
    {
        var renamed = new int[labels.Length];
        for (int i = 0; i < labels.Length; i++)
            renamed[i] = labels[i] < 0 ? labels[i] : names[labels[i]];
        return renamed;
    }

    private static int Count(ReadOnlySpan<int> labels)
    {
        int most = -1;
        foreach (int label in labels)
            most = Math.Max(most, label);
        return most + 1;
    }

    /// <summary>The assignment of rows to columns with the largest sum; potentials as in Jonker &amp; Volgenant 1987.</summary>
    private static int[] Assign(long[,] gain, int size)
    {
        // Row and column 0 are a sentinel from which every augmenting path starts.
        var rowPotential = new long[size + 1];
        var columnPotential = new long[size + 1];
        var rowOf = new int[size + 1];
        var before = new int[size + 1];
        for (int row = 1; row <= size; row++)
        {
            rowOf[0] = row;
            int column = 0;
            var shortest = new long[size + 1];
            Array.Fill(shortest, long.MaxValue);
            var done = new bool[size + 1];
            do
            {
                done[column] = true;
                int current = rowOf[column], next = 0;
                long step = long.MaxValue;
                for (int j = 1; j <= size; j++)
                {
                    if (done[j])
                        continue;
                    long cost = -gain[current - 1, j - 1] - rowPotential[current] - columnPotential[j];
                    if (cost < shortest[j])
                        (shortest[j], before[j]) = (cost, column);
                    if (shortest[j] < step)
                        (step, next) = (shortest[j], j);
                }

                for (int j = 0; j <= size; j++)
                {
                    if (done[j])
                    {
                        rowPotential[rowOf[j]] += step;
                        columnPotential[j] -= step;
                    }
                    else
                    {
                        shortest[j] -= j == 0 ? 0 : step;
                    }
                }

                column = next;
            }
            while (rowOf[column] != 0);

            while (column != 0)
            {
                rowOf[column] = rowOf[before[column]];
                column = before[column];
            }
        }

        var match = new int[size];
        for (int column = 1; column <= size; column++)
            match[rowOf[column] - 1] = column - 1;
        return match;
    }
}
