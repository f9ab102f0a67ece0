namespace SpatialCluster.Methods.Mofa;

/// <summary>A tall, narrow, row-major table in double: spots × factors or features × factors. Rows are padded with zeros to a multiple of four.</summary>
internal sealed class FactorTable
{
    public FactorTable(int rows, int factors)
    {
        Rows = rows;
        Factors = factors;
        Stride = PaddedWidth(factors);
        Values = new double[(long)rows * Stride];
    }

    public int Rows { get; }

    public int Factors { get; }

    public int Stride { get; }

    public double[] Values { get; }

    public double this[int row, int factor] => Values[((long)row * Stride) + factor];

    public static int PaddedWidth(int factors) => (factors + 3) & ~3;

    public static long BytesFor(long rows, int factors) => rows * PaddedWidth(factors) * sizeof(double);

    public Span<double> Row(int row) => Values.AsSpan(checked(row * Stride), Factors);

    public void Fill(double value)
    {
        for (int row = 0; row < Rows; row++)
            Row(row).Fill(value);
    }

    /// <summary>A copy without one factor.</summary>
    public FactorTable Without(int factor)
    {
        var rest = new FactorTable(Rows, Factors - 1);
        for (int row = 0; row < Rows; row++)
        {
            Row(row)[..factor].CopyTo(rest.Row(row));
            Row(row)[(factor + 1)..].CopyTo(rest.Row(row)[factor..]);
        }

        return rest;
    }
}
