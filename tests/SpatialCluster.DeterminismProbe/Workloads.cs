using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.SpaMi;
using SpatialCluster.Methods.SpatialGlue;
using SpatialCluster.Methods.Training;
using SpatialCluster.Tests.Mofa;
using SpatialCluster.Tests.SpaMi;
using SpatialCluster.Tests.SpatialGlue;

namespace SpatialCluster.DeterminismProbe;

/// <summary>What is computed and compared: small, since processors without AVX2 do it in scalars.</summary>
internal static unsafe class Workloads
{
    public static (string Name, Action<Digest> Compute)[] All =>
    [
        ("gemm", Products), ("vector-math", VectorFunctions), ("stable-math", StableFunctions), ("philox", Generators), ("adam", Steps), ("spami", Training),
        ("spatialglue", Gluing),
        ("wnn", WeightedNeighbours),
        ("mofa", Factors),
    ];

    private static void Products(Digest digest)
    {
        using Arena arena = Arena.OfSize(1 << 20);
        var random = new RandomStream(1);
        foreach ((int rows, int inner, int columns) in new[] { (7, 13, 100), (24, 50, 64), (31, 5, 20) })
        {
            Matrix a = Uniform(rows, inner), b = Uniform(inner, columns), c = arena.Allocate(rows, columns), transposed = arena.Allocate(inner, inner);
            var packed = new PackedMatrix(inner, columns, arena);
            packed.Pack(b);
            Gemm.Run(Gemm.Rows(a, 0, rows, packed, c.Data, c.Stride) with { Relu = true });
            digest.Add<float>(c.ToArray());
            Gemm.Run(Gemm.Transposed(a.Data, a.Stride, inner, a.Data, a.Stride, a.Stride, rows, transposed, accumulate: false));
            digest.Add<float>(transposed.ToArray());
        }

        Matrix Uniform(int rows, int columns)
        {
            Matrix matrix = arena.Allocate(rows, columns);
            for (int i = 0; i < rows; i++)
            {
                foreach (ref float x in matrix.Row(i))
                    x = (float)random.NextGaussian();
            }

            return matrix;
        }
    }

    private static void VectorFunctions(Digest digest)
    {
        Span<float> results = stackalloc float[16];
        for (float x = -95; x < 95; x += 0.37f)
        {
            Vector512<float> arguments = Vector512.Create(x) + (Vector512.ConvertToSingle(Vector512<int>.Indices) * 0.0231f);
            foreach (Vector512<float> values in new[]
            {
                VectorMath.Exp(arguments), VectorMath.Sigmoid(arguments), VectorMath.Tanh(arguments), VectorMath.Softplus(arguments),
            })
            {
                values.CopyTo(results);
                digest.Add<float>(results);
                digest.Add<float>([VectorMath.Sum(values)]);
            }
        }
    }

    private static void StableFunctions(Digest digest)
    {
        var random = new RandomStream(2);
        for (int i = 0; i < 5000; i++)
        {
            double x = random.NextGaussian() * 10, positive = Math.Abs(x) + 1e-9;
            digest.Add(StableMath.Exp(x));
            digest.Add(StableMath.Log(positive));
            digest.Add(StableMath.Log1P(positive));
            digest.Add(StableMath.Log2(positive));
            digest.Add(StableMath.ExpM1(x / 10));
            digest.Add(StableMath.Tanh(x / 5));
            digest.Add(StableMath.Pow(positive, x));
        }
    }

    private static void Generators(Digest digest)
    {
        var words = new Vector512<uint>[4];
        for (ulong block = 0; block < 64; block += 16)
        {
            PhiloxVector.Blocks(0x299f31d0a4093822, 5, block, words);
            digest.Add<Vector512<uint>>(words);
        }

        var mask = new DropoutMask(99, 70, 0.15, 4);
        mask.Fill(1, 0, 99);
        digest.Add<ulong>(mask.Bits);
        var order = new int[1000];
        new RandomStream(3).Permutation(order);
        digest.Add<int>(order);
    }

    private static void Steps(Digest digest)
    {
        using Arena arena = Arena.OfSize(1 << 18);
        var parameter = new Parameter("p", 9, 33, new RowPartition(1), arena);
        var random = new RandomStream(5);
        parameter.InitialiseGlorot(random, 9, 33);
        var adam = new Adam(0.003, 0.01);
        for (int step = 0; step < 20; step++)
        {
            for (int i = 0; i < 9; i++)
            {
                foreach (ref float x in parameter.Gradient.Row(i))
                    x = (float)random.NextGaussian();
            }

            adam.Advance();
            adam.Update(parameter);
        }

        digest.Add<float>(parameter.Value.ToArray());
    }

    private static void Factors(Digest digest)
    {
        using var team = new ThreadTeam(2);
        using var planted = new PlantedSlice(70, [37, 20], [[true, true], [true, false]], 4);
        foreach (int factors in new[] { 3, 14 })
        {
            using MofaResult result = MofaTraining.Run(planted.Input(), new MofaOptions { Factors = factors, Iterations = 8, SparsityStart = 3 }, team, new TrainingControl());
            digest.Add<float>(result.Factors.ToArray());
            digest.Add<float>(result.Loadings[0].ToArray());
            digest.Add(result.Losses.Total);
        }
    }

    private static void Training(Digest digest)
    {
        foreach (Fusion fusion in new[] { Fusion.Attention, Fusion.Concatenation })
        {
            var options = new SpaMiOptions { HiddenWidth = 40, EmbeddingWidth = 20, Fusion = fusion };
            using var run = new SmallRun(spots: 205, [12, 20, 33], options, threads: 2);
            run.Train(3);
            foreach (float[] result in run.Results())
                digest.Add<float>(result);
        }
    }

    private static void Gluing(Digest digest)
    {
        var options = new SpatialGlueOptions { EmbeddingWidth = 20, FeatureNeighbours = 8 };
        using var run = new SmallGlue(spots: 205, [12, 20, 33], options, threads: 2);
        run.Train(3);
        foreach (float[] result in run.Results())
            digest.Add<float>(result);
    }

    private static void WeightedNeighbours(Digest digest)
    {
        const int Spots = 230;
        var random = new RandomStream(6);
        Matrix[] features = [new Matrix(Spots, 9), new Matrix(Spots, 17), new Matrix(Spots, 4)];
        foreach (Matrix matrix in features)
        {
            for (int i = 0; i < Spots; i++)
            {
                foreach (ref float x in matrix.Row(i))
                    x = (float)random.NextGaussian();
            }
        }

        var input = new MethodInput
        {
            Names = ["a", "b", "c"],
            Kinds = [ModalityKind.Rna, ModalityKind.Protein, ModalityKind.Atac],
            Features = features,
            Coordinates = new SpotCoordinates(new double[Spots], new double[Spots]),
        };
        using var team = new ThreadTeam(2);
        using MethodResult result = MethodCatalogue.Wnn.Run(input, MethodCatalogue.Wnn.Presets[0].Options, team, new TrainingControl());
        digest.Add<float>(result.Attention!.ToArray());
        digest.Add<int>(result.Neighbours!.Indices);
        digest.Add<double>(result.Neighbours.Distances);
        digest.Add<int>(result.Graph!.ColumnIndices);
        digest.Add<float>(result.Graph.Values);
        foreach (Matrix matrix in features)
            matrix.Dispose();
    }
}
