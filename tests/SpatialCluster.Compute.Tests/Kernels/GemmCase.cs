using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Tests.Kernels;

/// <summary>One product with random operands, and its value in double.</summary>
internal sealed unsafe class GemmCase : IDisposable
{
    private const float Untouched = 777;

    private readonly Arena _arena = Arena.OfSize(4 << 20);
    private readonly GemmShape _shape;
    private readonly Matrix _a;
    private readonly Matrix _b;
    private readonly Matrix _bias;
    private readonly Matrix _start;
    private readonly Matrix _gate;
    private readonly PackedMatrix _packed;

    public GemmCase(GemmShape shape, int seed)
    {
        _shape = shape;
        var random = new Random(seed);
        _a = shape.Transposed ? Fill(shape.Inner, shape.Rows, random) : Fill(shape.Rows, shape.Inner, random);
        _b = Fill(shape.Inner, shape.Columns, random);
        _bias = Fill(1, shape.Columns, random);
        _start = Fill(shape.Rows, shape.Columns, random);
        _gate = Fill(shape.Rows, shape.Columns, random);
        _packed = new PackedMatrix(shape.Inner, shape.Columns, _arena);
        _packed.Pack(_b);
    }

    public delegate void Kernel(in GemmOperands operands);

    /// <summary>The product by one path: rows × padded width, after a check that nothing behind it was written.</summary>
    public float[] Run(Kernel kernel)
    {
        int width = _packed.Width, size = _shape.Rows * width;
        using var c = new Matrix(_shape.Rows + 1, _shape.Columns);
        for (int i = 0; i < _shape.Rows; i++)
            _start.Row(i).CopyTo(c.Row(i));
        new Span<float>(c.Data + size, width).Fill(Untouched);
        GemmOperands operands = _shape.Transposed
            ? Gemm.Transposed(_a.Data, _a.Stride, _shape.Rows, _b.Data, _b.Stride, width, _shape.Inner, c, _shape.Accumulate)
            : Gemm.Rows(_a, 0, _shape.Rows, _packed, c.Data, c.Stride) with { Accumulate = _shape.Accumulate };
        operands.Bias = _shape.Bias ? _bias.Data : null;
        operands.Relu = _shape.Relu;
        operands.Gate = _shape.Gate ? _gate.Data : null;
        kernel(operands);
        new Span<float>(c.Data + size, width).ToArray().ShouldAllBe(x => x == Untouched);
        return new Span<float>(c.Data, size).ToArray();
    }

    /// <summary>
    /// Fails where an element is off by more than rounding allows: one unit of 2⁻²⁴ per addition, of the sum of magnitudes.
    /// </summary>
    public void ShouldBeTheProduct(float[] actual)
    {
        int width = _packed.Width;
        for (int i = 0; i < _shape.Rows; i++)
        {
            for (int j = 0; j < width; j++)
            {
                (double value, double magnitude) = j < _shape.Columns ? Element(i, j) : (0, 0);
                double error = Math.Abs(actual[(i * width) + j] - value);
                if (!(error <= (_shape.Inner + 1) * magnitude * Math.ScaleB(1, -24)))
                    Assert.Fail($"{_shape}: C({i}, {j}) is {actual[(i * width) + j]}, not {value}");
            }
        }
    }

    public void Dispose()
    {
        _arena.Dispose();
        foreach (Matrix matrix in new[] { _a, _b, _bias, _start, _gate })
            matrix.Dispose();
    }

    private static Matrix Fill(int rows, int columns, Random random)
    {
        var matrix = new Matrix(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref float x in matrix.Row(i))
                x = (random.NextSingle() * 2) - 1;
        }

        return matrix;
    }

    private (double Value, double Magnitude) Element(int i, int j)
    {
        double sum = _shape.Bias ? _bias.Data[j] : _shape.Accumulate ? _start.Data[(i * _start.Stride) + j] : 0, magnitude = Math.Abs(sum);
        for (int k = 0; k < _shape.Inner; k++)
        {
            double left = _shape.Transposed ? _a.Data[(k * _a.Stride) + i] : _a.Data[(i * _a.Stride) + k];
            double term = left * _b.Data[(k * _b.Stride) + j];
            sum += term;
            magnitude += Math.Abs(term);
        }

        if (_shape.Relu)
            sum = Math.Max(sum, 0);
        return (_shape.Gate && _gate[i, j] <= 0 ? 0 : sum, magnitude);
    }
}
