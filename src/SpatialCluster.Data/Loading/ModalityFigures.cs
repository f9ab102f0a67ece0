using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>Counts what a modality holds.</summary>
internal static class ModalityFigures
{
    /// <summary>One pass over the values of a modality in the slice.</summary>
    public static ModalityReport Of(Modality modality, MeasurementTable table, IReadOnlyList<string> spotNames)
    {
        CsrMatrix counts = modality.Counts;
        var used = new bool[counts.Columns];
        var emptySpots = new List<string>();
        int emptySpotCount = 0;
        long nonZeros = 0;
        float minimum = float.PositiveInfinity;
        float maximum = float.NegativeInfinity;
        bool whole = true;
        for (int spot = 0; spot < counts.Rows; spot++)
        {
            ReadOnlySpan<float> row = counts.RowValues(spot);
            ReadOnlySpan<int> columns = counts.RowColumns(spot);
            int seen = 0;
            for (int e = 0; e < row.Length; e++)
            {
                if (row[e] == 0)
                    continue;
                seen++;
                used[columns[e]] = true;
                minimum = Math.Min(minimum, row[e]);
                maximum = Math.Max(maximum, row[e]);
                whole &= row[e] == MathF.Floor(row[e]);
            }

            nonZeros += seen;
            if (seen == 0 && emptySpotCount++ < NameList.Shown)
                emptySpots.Add(spotNames[spot]);
        }

        if (nonZeros < (long)counts.Rows * counts.Columns)
        {
            minimum = Math.Min(minimum, 0);
            maximum = Math.Max(maximum, 0);
        }

        int[] emptyFeatures = [.. Enumerable.Range(0, used.Length).Where(c => !used[c])];
        return new ModalityReport
        {
            Name = modality.Name,
            Kind = modality.Kind,
            Source = table.Source,
            SpotsInFile = table.SpotNames.Count,
            Features = counts.Columns,
            NonZeros = nonZeros,
            Minimum = minimum,
            Maximum = maximum,
            WholeNumbers = whole,
            EmptySpots = emptySpotCount,
            EmptySpotNames = emptySpots,
            EmptyFeatures = emptyFeatures.Length,
            EmptyFeatureNames = [.. emptyFeatures.Take(NameList.Shown).Select(c => modality.FeatureNames[c])],
        };
    }

    /// <summary>What of it is worth telling.</summary>
    public static IEnumerable<LoadNote> Notes(ModalityReport report, int spots)
    {
        if (report.EmptySpots > 0)
            yield return new LoadNote(LoadSeverity.Warning, $"{report.Name}: {report.EmptySpots:N0} of {spots:N0} spots have no counts ({NameList.Of(report.EmptySpotNames, report.EmptySpots)}).");
        if (report.EmptyFeatures > 0)
            yield return new LoadNote(LoadSeverity.Warning, $"{report.Name}: {report.EmptyFeatures:N0} of {report.Features:N0} features are zero in every spot ({NameList.Of(report.EmptyFeatureNames, report.EmptyFeatures)}).");
    }
}
