using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Cli.Inspection;

/// <summary>What the values of a table are like.</summary>
internal sealed record TableFigures(
    long NonZeros, float Minimum, float Maximum, long Negatives, bool WholeNumbers, bool Finite, int EmptySpots, int EmptyFeatures, int SpotsAtTakenPlaces)
{
    public static TableFigures Of(MeasurementTable table)
    {
        CsrMatrix values = table.Values;
        var used = new bool[values.Columns];
        long nonZeros = 0, negatives = 0;
        float minimum = float.PositiveInfinity, maximum = float.NegativeInfinity;
        bool whole = true, finite = true;
        int emptySpots = 0;
        for (int spot = 0; spot < values.Rows; spot++)
        {
            ReadOnlySpan<float> row = values.RowValues(spot);
            ReadOnlySpan<int> columns = values.RowColumns(spot);
            int here = 0;
            for (int e = 0; e < row.Length; e++)
            {
                float value = row[e];
                finite &= float.IsFinite(value);
                if (value == 0)
                    continue;
                here++;
                used[columns[e]] = true;
                minimum = float.Min(minimum, value);
                maximum = float.Max(maximum, value);
                negatives += value < 0 ? 1 : 0;
                whole &= value == MathF.Floor(value);
            }

            nonZeros += here;
            emptySpots += here == 0 ? 1 : 0;
        }

        if (nonZeros < (long)values.Rows * values.Columns)
            (minimum, maximum) = (float.Min(minimum, 0), float.Max(maximum, 0));
        return new TableFigures(
            nonZeros, Shown(minimum), Shown(maximum), negatives, whole, finite, emptySpots, used.Count(u => !u), table.Coordinates is { } places ? Taken(places) : 0);
    }

    // JSON knows no infinities, and an empty table has neither least nor most.
    private static float Shown(float value) => float.IsFinite(value) ? value : 0;

    private static int Taken(SpotCoordinates places)
    {
        var seen = new HashSet<(double, double)>();
        return Enumerable.Range(0, places.Count).Count(spot => !seen.Add((places.X[spot], places.Y[spot])));
    }
}
