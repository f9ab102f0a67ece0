using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Autocorrelation;

/// <summary>
/// Moran's I of domains: that of each domain's indicator (1 inside, 0 outside), and its mean. The customary graph is the
/// symmetrised graph of 6 spatial neighbours. Spots without a label, and their edges, are left out.
/// </summary>
public static class DomainAutocorrelation
{
    /// <summary>Neighbours per spot of the customary graph.</summary>
    public const int DefaultNeighbours = 6;

    /// <summary>Moran's I per domain and on average.</summary>
    /// <param name="labels">One per spot; negative ones are missing.</param>
    /// <param name="weights">spots × spots.</param>
    /// <returns>The values.</returns>
    public static DomainMoran Of(ReadOnlySpan<int> labels, CsrMatrix weights)
    {
        if (weights.Rows != labels.Length || weights.Columns != labels.Length)
            throw new ArgumentException($"Weights of {weights.Rows} × {weights.Columns} do not belong to {labels.Length} spots.", nameof(weights));
        int domains = 0, labelled = 0;
        foreach (int label in labels)
        {
            domains = Math.Max(domains, label + 1);
            labelled += label >= 0 ? 1 : 0;
        }

        // With z = indicator − p: Σ w z z = w(inside → inside) − p (w(inside → all) + w(all → inside)) + p² W.
        var sizes = new int[domains];
        var inside = new double[domains];
        var touching = new double[domains];
        double total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            int here = labels[row];
            if (here < 0)
                continue;
            sizes[here]++;
            ReadOnlySpan<int> columns = weights.RowColumns(row);
            ReadOnlySpan<float> edges = weights.RowValues(row);
            for (int e = 0; e < columns.Length; e++)
            {
                int there = labels[columns[e]];
                if (there < 0)
                    continue;
                double weight = edges[e];
                total += weight;
                touching[here] += weight;
                touching[there] += weight;
                if (here == there)
                    inside[here] += weight;
            }
        }

        var perDomain = new double?[domains];
        double sum = 0;
        int defined = 0;
        for (int domain = 0; domain < domains; domain++)
        {
            if (sizes[domain] == 0 || sizes[domain] == labelled || total == 0)
                continue;
            double p = (double)sizes[domain] / labelled;
            double product = inside[domain] - (p * touching[domain]) + (p * p * total);
            double moran = labelled / total * (product / (sizes[domain] * (1 - p)));
            perDomain[domain] = moran;
            sum += moran;
            defined++;
        }

        return new DomainMoran { Mean = defined == 0 ? null : sum / defined, PerDomain = perDomain };
    }

    /// <summary>Compares the domains' mean Moran's I with that of labels shuffled among the labelled spots.</summary>
    /// <param name="labels">One per spot; negative ones are missing.</param>
    /// <param name="weights">spots × spots.</param>
    /// <param name="shuffles">How many; at least 1.</param>
    /// <param name="seed">Each shuffle has its own stream, derived from this seed and its number.</param>
    /// <param name="team">The threads to use.</param>
    /// <returns>The observed value, all shuffled ones, and the p-value.</returns>
    /// <exception cref="BadInputException">Fewer than two domains, or no edge between labelled spots.</exception>
    public static DomainMoranTest Test(ReadOnlySpan<int> labels, CsrMatrix weights, int shuffles, RandomStream seed, ThreadTeam team)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shuffles);
        double observed = Of(labels, weights).Mean
            ?? throw new BadInputException("Moran's I of domains needs at least two domains and neighbours that have labels; raise --domains or --resolution.");
        int[] original = labels.ToArray();
        int[] labelled = [.. Enumerable.Range(0, original.Length).Where(i => original[i] >= 0)];
        var values = new double[shuffles];
        team.For(shuffles, shuffle =>
        {
            var order = new int[labelled.Length];
            seed.Derive($"label shuffle {shuffle}").Permutation(order);
            int[] shuffled = [.. original];
            for (int i = 0; i < order.Length; i++)
                shuffled[labelled[i]] = original[labelled[order[i]]];
            values[shuffle] = Of(shuffled, weights).Mean!.Value;
        });
        int high = values.Count(value => value >= observed);
        return new DomainMoranTest { Observed = observed, Shuffled = values, PValue = (1.0 + high) / (1.0 + shuffles) };
    }
}
