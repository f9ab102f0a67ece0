using System.Runtime.Intrinsics;
using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Umap;

/// <summary>
/// Leading eigenvectors of a connected part by subspace iteration with a Chebyshev filter (Zhou, Saad, Tiago and Chelikowsky,
/// J. Comput. Phys. 219:172, 2006): eight vectors at a time, of which two are wanted. The trivial eigenvector is known and taken out.
/// </summary>
internal sealed unsafe class EigenBlock
{
    /// <summary>Fewer nodes than this have no room for a block.</summary>
    public const int FewestNodes = 2 * Width;

    private const int Width = 8;
    private const int Degree = 12;
    private const int MostRounds = 24;

    // Of the eigengap 1 − λ: a start for a layout needs the shape of an eigenvector, not its digits.
    private const double Accuracy = 0.02;
    private const double LowestBound = -0.9;
    private const int NodesPerTile = 1024;

    private readonly GraphPart _part;
    private readonly ThreadTeam _team;
    private readonly double[] _values = new double[Width];
    private double[] _block;
    private double[] _product;

    public EigenBlock(GraphPart part, ThreadTeam team)
    {
        _part = part;
        _team = team;
        _block = new double[(long)part.Count * Width];
        _product = new double[(long)part.Count * Width];
    }

    /// <summary>The two leading eigenvectors after the trivial one; of each, the entry of largest absolute value is positive.</summary>
    /// <param name="random">The random start.</param>
    /// <param name="cancellation">Stops between rounds.</param>
    /// <returns>Two values per node.</returns>
    public double[] Leading(RandomStream random, CancellationToken cancellation)
    {
        foreach (ref double value in _block.AsSpan())
            value = random.NextGaussian();
        BlockBasis.Orthonormalise(_block, Width, _part.Roots);
        Rotate();
        for (int round = 0; round < MostRounds && Residual() > Accuracy; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            // Eigenvalues lie between −1 and 1; the filter needs an interval to damp.
            Filter(Math.Max(_values[Width - 1], LowestBound));
            BlockBasis.Orthonormalise(_block, Width, _part.Roots);
            Rotate();
        }

        var leading = new double[2 * _part.Count];
        for (int j = 0; j < 2; j++)
        {
            double largest = 0;
            for (int i = 0; i < _part.Count; i++)
                largest = Math.Abs(_block[((long)i * Width) + j]) > Math.Abs(largest) ? _block[((long)i * Width) + j] : largest;
            for (int i = 0; i < _part.Count; i++)
                leading[(2 * i) + j] = largest < 0 ? -_block[((long)i * Width) + j] : _block[((long)i * Width) + j];
        }

        return leading;
    }

    /// <summary>Chebyshev's polynomial that is small between −1 and a bound and grows steeply above.</summary>
    private void Filter(double bound)
    {
        double half = 0.5 * (bound + 1), centre = 0.5 * (bound - 1);
        Multiply(_block, _product, 1 / half, -centre / half, 0);
        for (int k = 1; k < Degree; k++)
        {
            // The older block becomes the newer: T_{k+1} = 2 t T_k − T_{k−1}.
            Multiply(_product, _block, 2 / half, -2 * centre / half, -1);
            (_block, _product) = (_product, _block);
        }

        (_block, _product) = (_product, _block);
    }

    /// <summary>target ← scale · W source + shift · source + keep · target.</summary>
    private void Multiply(double[] source, double[] target, double scale, double shift, double keep)
    {
        Vector256<double> a = Vector256.Create(scale), b = Vector256.Create(shift), c = Vector256.Create(keep);
        _team.For((_part.Count + NodesPerTile - 1) / NodesPerTile, tile =>
        {
            int end = Math.Min(_part.Count, (tile + 1) * NodesPerTile);
            fixed (double* from = source, to = target, weights = _part.Weights)
            fixed (int* neighbours = _part.Neighbours)
            {
                for (int i = tile * NodesPerTile; i < end; i++)
                {
                    Vector256<double> low = Vector256<double>.Zero, high = Vector256<double>.Zero;
                    for (int e = _part.Pointers[i]; e < _part.Pointers[i + 1]; e++)
                    {
                        double* row = from + ((long)neighbours[e] * Width);
                        Vector256<double> w = Vector256.Create(weights[e]);
                        low += w * Vector256.Load(row);
                        high += w * Vector256.Load(row + 4);
                    }

                    double* own = from + ((long)i * Width), result = to + ((long)i * Width);
                    ((a * low) + (b * Vector256.Load(own)) + (c * Vector256.Load(result))).Store(result);
                    ((a * high) + (b * Vector256.Load(own + 4)) + (c * Vector256.Load(result + 4))).Store(result + 4);
                }
            }
        });
    }

    /// <summary>Rayleigh and Ritz: the best approximations to eigenvectors within the block, and W times them.</summary>
    private void Rotate()
    {
        Multiply(_block, _product, 1, 0, 0);
        var inner = new double[Width * Width];
        for (long at = 0; at < _block.LongLength; at += Width)
        {
            for (int j = 0; j < Width; j++)
            {
                for (int k = 0; k <= j; k++)
                    inner[(j * Width) + k] += _block[at + j] * _product[at + k];
            }
        }

        for (int j = 0; j < Width; j++)
        {
            for (int k = 0; k < j; k++)
                inner[(k * Width) + j] = inner[(j * Width) + k];
        }

        SymmetricEigen eigen = SymmetricEigen.Decompose(inner, Width);
        eigen.Values.CopyTo(_values, 0);
        var vectors = new double[Width * Width];
        for (int j = 0; j < Width; j++)
            eigen.Vector(j).CopyTo(vectors.AsSpan(j * Width));
        Span<double> row = stackalloc double[Width];
        foreach (double[] block in (double[][])[_block, _product])
        {
            for (long at = 0; at < block.LongLength; at += Width)
            {
                Span<double> values = block.AsSpan((int)at, Width);
                values.CopyTo(row);
                for (int j = 0; j < Width; j++)
                {
                    double sum = 0;
                    for (int k = 0; k < Width; k++)
                        sum += vectors[(j * Width) + k] * row[k];
                    values[j] = sum;
                }
            }
        }
    }

    /// <summary>How far the two leading vectors are from being eigenvectors, in units of their eigengap.</summary>
    private double Residual()
    {
        double worst = 0;
        for (int j = 0; j < 2; j++)
        {
            double sum = 0;
            for (long at = j; at < _block.LongLength; at += Width)
            {
                double rest = _product[at] - (_values[j] * _block[at]);
                sum += rest * rest;
            }

            worst = Math.Max(worst, Math.Sqrt(sum) / Math.Max(1 - _values[j], 1e-12));
        }

        return worst;
    }
}
