using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Analysis.Metrics;

/// <summary>Scores of a clustering against a truth, with the conventions of scikit-learn for the limiting cases.</summary>
public static class ClusteringScores
{
    /// <summary>Compares two clusterings of the same spots.</summary>
    /// <param name="truth">One label per spot; a negative one is missing, and the spot is left out.</param>
    /// <param name="predicted">One label per spot, likewise.</param>
    /// <returns>All scores.</returns>
    /// <exception cref="BadInputException">No spot has both labels.</exception>
    public static ClusteringAgreement Compare(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted)
    {
        Contingency table = Contingency.Count(truth, predicted);
        if (table.Spots == 0)
            throw new BadInputException("No spot has both a true and a predicted label; check that --truth names the spots as the slice does.");
        double truthEntropy = Entropy(table.TruthSizes, table.Spots);
        double predictedEntropy = Entropy(table.PredictedSizes, table.Spots);
        double information = MutualInformation(table);
        double homogeneity = truthEntropy == 0 ? 1 : information / truthEntropy;
        double completeness = predictedEntropy == 0 ? 1 : information / predictedEntropy;
        double meanEntropy = (truthEntropy + predictedEntropy) / 2;
        return new ClusteringAgreement
        {
            Spots = table.Spots,
            TruthLabels = table.TruthSizes.Length,
            PredictedLabels = table.PredictedSizes.Length,
            AdjustedRandIndex = AdjustedRand(table),
            AdjustedMutualInformation = Adjusted(table, information, meanEntropy),
            NormalisedMutualInformation = meanEntropy == 0 ? 1 : information / meanEntropy,
            Homogeneity = homogeneity,
            Completeness = completeness,
            VMeasure = homogeneity + completeness == 0 ? 0 : 2 * homogeneity * completeness / (homogeneity + completeness),
            FowlkesMallows = FowlkesMallows(table),
        };
    }

    private static double Entropy(int[] sizes, int spots)
    {
        if (sizes.Length == 1)
            return 0;
        double sum = 0;
        foreach (int size in sizes)
            sum -= size * StableMath.Log((double)size / spots);
        return sum / spots;
    }

    private static double MutualInformation(Contingency table)
    {
        if (table.TruthSizes.Length == 1 || table.PredictedSizes.Length == 1)
            return 0;
        double sum = 0;
        foreach (Contingency.Cell cell in table.Cells)
        {
            double expected = (double)table.TruthSizes[cell.Truth] * table.PredictedSizes[cell.Predicted];
            sum += cell.Spots * StableMath.Log((double)table.Spots * cell.Spots / expected);
        }

        return Math.Max(0, sum / table.Spots);
    }

    private static double Adjusted(Contingency table, double information, double meanEntropy)
    {
        if (table.TruthSizes.Length == 1 && table.PredictedSizes.Length == 1)
            return 1;
        double expected = ExpectedInformation.Of(table);
        double room = meanEntropy - expected;
        // Spots all alone in both clusterings leave no room: as scikit-learn, divide by the last place instead of by zero.
        const double Epsilon = 2.2204460492503131e-16;
        room = room < 0 ? Math.Min(room, -Epsilon) : Math.Max(room, Epsilon);
        return (information - expected) / room;
    }

    private static double AdjustedRand(Contingency table)
    {
        (double both, double truth, double predicted) = Pairs(table);
        double all = (double)table.Spots * (table.Spots - 1);
        double onlyTruth = truth - both, onlyPredicted = predicted - both;
        if (onlyTruth == 0 && onlyPredicted == 0)
            return 1;
        double neither = all - truth - onlyPredicted;
        return 2 * ((both * neither) - (onlyTruth * onlyPredicted))
            / (((both + onlyTruth) * (onlyTruth + neither)) + ((both + onlyPredicted) * (onlyPredicted + neither)));
    }

    private static double FowlkesMallows(Contingency table)
    {
        (double both, double truth, double predicted) = Pairs(table);
        return both == 0 ? 0 : Math.Sqrt(both / truth) * Math.Sqrt(both / predicted);
    }

    /// <summary>Ordered pairs of spots that share the label in both clusterings, in the truth, and in the prediction.</summary>
    private static (double Both, double Truth, double Predicted) Pairs(Contingency table)
    {
        long both = 0;
        foreach (Contingency.Cell cell in table.Cells)
            both += cell.Spots * (cell.Spots - 1L);
        return (both, Pairs(table.TruthSizes), Pairs(table.PredictedSizes));
    }

    private static long Pairs(int[] sizes)
    {
        long pairs = 0;
        foreach (int size in sizes)
            pairs += size * (size - 1L);
        return pairs;
    }
}
