using System.Runtime.Intrinsics;

namespace SpatialCluster.Analysis.Metrics;

/// <summary>
/// Distances of all rows to all rows, summed per cluster. Rows lie in groups of 8 lanes, each group within one cluster, so
/// that sums never cross lanes before a cluster is complete.
/// </summary>
internal sealed unsafe class SilhouetteSweep
{
    private const int Lanes = 8;
    private const int Queries = 4;
    private const int TileRows = 64;
    private readonly LabelledRows _rows;
    private readonly double[] _packed;
    private readonly int[] _firstGroup;

    public SilhouetteSweep(LabelledRows rows)
    {
        _rows = rows;
        Values = new double[rows.Count];
        _firstGroup = new int[rows.Clusters + 1];
        for (int cluster = 0; cluster < rows.Clusters; cluster++)
            _firstGroup[cluster + 1] = _firstGroup[cluster] + ((rows.Starts[cluster + 1] - rows.Starts[cluster] + Lanes - 1) / Lanes);
        _packed = new double[(long)_firstGroup[^1] * rows.Width * Lanes];
        for (int cluster = 0; cluster < rows.Clusters; cluster++)
        {
            for (int row = rows.Starts[cluster]; row < rows.Starts[cluster + 1]; row++)
            {
                int place = row - rows.Starts[cluster];
                long start = ((long)(_firstGroup[cluster] + (place / Lanes)) * rows.Width * Lanes) + (place % Lanes);
                ReadOnlySpan<double> from = rows.Row(row);
                for (int f = 0; f < from.Length; f++)
                    _packed[start + ((long)f * Lanes)] = from[f];
            }
        }
    }

    public int Tiles => (_rows.Count + TileRows - 1) / TileRows;

    /// <summary>The silhouette of each row, in the order of the rows.</summary>
    public double[] Values { get; }

    public void Run(int tile)
    {
        int width = _rows.Width, end = Math.Min(_rows.Count, (tile + 1) * TileRows);
        var queries = new double[Queries * width];
        var sums = new double[Queries * _rows.Clusters];
        for (int first = tile * TileRows; first < end; first += Queries)
        {
            int count = Math.Min(Queries, end - first);
            for (int q = 0; q < Queries; q++)
            {
                ReadOnlySpan<double> from = _rows.Row(Math.Min(first + q, end - 1));
                for (int f = 0; f < width; f++)
                    queries[(f * Queries) + q] = from[f];
            }

            for (int cluster = 0; cluster < _rows.Clusters; cluster++)
                SumDistances(queries, cluster, sums.AsSpan(cluster * Queries, Queries));
            for (int q = 0; q < count; q++)
                Values[first + q] = Value(first + q, sums.AsSpan(q));
        }
    }

    private void SumDistances(double[] queries, int cluster, Span<double> sums)
    {
        Vector512<double> sumA = default, sumB = default, sumC = default, sumD = default;
        Vector512<double> lanes = Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);
        int width = _rows.Width, size = _rows.Starts[cluster + 1] - _rows.Starts[cluster];
        fixed (double* packed = _packed, query0 = queries)
        {
            for (int group = 0; group * Lanes < size; group++)
            {
                double* reference = packed + ((long)(_firstGroup[cluster] + group) * width * Lanes);
                double* query = query0;
                Vector512<double> a = default, b = default, c = default, d = default;
                for (int f = 0; f < width; f++)
                {
                    Vector512<double> r = Vector512.Load(reference);
                    Vector512<double> x = r - Vector512.Create(query[0]);
                    a = Vector512.FusedMultiplyAdd(x, x, a);
                    x = r - Vector512.Create(query[1]);
                    b = Vector512.FusedMultiplyAdd(x, x, b);
                    x = r - Vector512.Create(query[2]);
                    c = Vector512.FusedMultiplyAdd(x, x, c);
                    x = r - Vector512.Create(query[3]);
                    d = Vector512.FusedMultiplyAdd(x, x, d);
                    reference += Lanes;
                    query += Queries;
                }

                Vector512<double> valid = Vector512.LessThan(lanes, Vector512.Create((double)(size - (group * Lanes))));
                sumA += Vector512.Sqrt(a) & valid;
                sumB += Vector512.Sqrt(b) & valid;
                sumC += Vector512.Sqrt(c) & valid;
                sumD += Vector512.Sqrt(d) & valid;
            }
        }

        sums[0] = Fold(sumA);
        sums[1] = Fold(sumB);
        sums[2] = Fold(sumC);
        sums[3] = Fold(sumD);
    }

    private double Value(int row, ReadOnlySpan<double> sums)
    {
        double own = 0, other = double.PositiveInfinity;
        for (int cluster = 0; cluster < _rows.Clusters; cluster++)
        {
            int size = _rows.Starts[cluster + 1] - _rows.Starts[cluster];
            double sum = sums[cluster * Queries];
            if (row < _rows.Starts[cluster] || row >= _rows.Starts[cluster + 1])
                other = Math.Min(other, sum / size);
            else if (size == 1)
                return 0;
            else
                own = sum / (size - 1);
        }

        double larger = Math.Max(own, other);
        return larger == 0 ? 0 : (other - own) / larger;
    }

    private static double Fold(Vector512<double> sums)
    {
        double total = 0;
        for (int lane = 0; lane < Lanes; lane++)
            total += sums.GetElement(lane);
        return total;
    }
}
