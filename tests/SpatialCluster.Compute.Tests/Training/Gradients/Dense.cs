using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Compute.Tests.Training.Gradients;

/// <summary>A matrix in double, for references that say the formula and nothing else.</summary>
internal sealed class Dense(int rows, int columns)
{
    public int Rows => rows;

    public int Columns => columns;

    public double[] Data { get; } = new double[rows * columns];

    public double this[int i, int j]
    {
        get => Data[(i * columns) + j];
        set => Data[(i * columns) + j] = value;
    }

    public static Dense From(Matrix matrix)
    {
        var dense = new Dense(matrix.Rows, matrix.Columns);
        Array.Copy(matrix.ToArray(), dense.Data, dense.Data.Length);
        return dense;
    }

    public static Dense operator *(Dense a, Dense b)
    {
        var product = new Dense(a.Rows, b.Columns);
        for (int i = 0; i < a.Rows; i++)
        {
            for (int k = 0; k < a.Columns; k++)
            {
                double left = a[i, k];
                for (int j = 0; j < b.Columns; j++)
                    product[i, j] += left * b[k, j];
            }
        }

        return product;
    }

    public static Dense operator *(CsrMatrix graph, Dense b)
    {
        var product = new Dense(graph.Rows, b.Columns);
        for (int i = 0; i < graph.Rows; i++)
        {
            for (int e = 0; e < graph.RowColumns(i).Length; e++)
            {
                for (int j = 0; j < b.Columns; j++)
                    product[i, j] += graph.RowValues(i)[e] * b[graph.RowColumns(i)[e], j];
            }
        }

        return product;
    }

    /// <summary>Another matrix of the same shape, element by element.</summary>
    public Dense Map(Func<int, int, double, double> function)
    {
        var mapped = new Dense(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                mapped[i, j] = function(i, j, this[i, j]);
        }

        return mapped;
    }

    /// <summary>The sum of products of elements.</summary>
    public double Dot(Dense other)
    {
        double sum = 0;
        for (int i = 0; i < Data.Length; i++)
            sum += Data[i] * other.Data[i];
        return sum;
    }

    /// <summary>The inner product of a row with a row of another matrix.</summary>
    public double RowDot(int i, Dense other, int j)
    {
        double sum = 0;
        for (int k = 0; k < columns; k++)
            sum += this[i, k] * other[j, k];
        return sum;
    }
}
