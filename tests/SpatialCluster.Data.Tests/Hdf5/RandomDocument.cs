using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.AnnData;

namespace SpatialCluster.Data.Tests.Hdf5;

/// <summary>Documents drawn from a seed, sizes from nothing upwards.</summary>
internal static class RandomDocument
{
    private static readonly string[] s_pieces = ["a", "β", "spot", "—", "Zz", "1", " ", "tête", "鼠", "/"];

    public static AnnDataDocument Draw(int seed)
    {
        var random = new Random(seed);
        int spots = random.Next(0, 60);
        int features = random.Next(0, 40);
        return new AnnDataDocument
        {
            SpotNames = Names(random, spots),
            FeatureNames = Names(random, features),
            X = Sparse(random, spots, features),
            Layers = [new("counts", Sparse(random, spots, features)), new("a/b", Sparse(random, spots, features))],
            SpotColumns =
            [
                new CategoricalColumn("domain", Draw(random, spots, r => r.Next(-1, 3)), ["x", "y", "ß"]),
                new CategoricalColumn("many", Draw(random, spots, r => r.Next(200)), Names(random, 200)),
                new IntegerColumn("count", Draw(random, spots, r => (long)r.Next(-5, 5))),
                new NumberColumn("half", Draw(random, spots, r => r.Next(9) + 0.5)),
                new FlagColumn("flag", Draw(random, spots, r => r.Next(2) == 1)),
                new TextColumn("text", Draw(random, spots, r => s_pieces[r.Next(s_pieces.Length)])),
            ],
            Tables = [new NamedTable("spatial", 2, Draw(random, spots * 2, r => r.NextDouble() * 1000))],
            Embeddings = [new("X_spami", Matrix.From(spots, 5, Draw(random, spots * 5, r => r.NextSingle())))],
            Unstructured = new UnstructuredGroup(
            [
                new("seed", new UnstructuredInteger(seed)),
                new("nested", new UnstructuredGroup([new("names", new UnstructuredTexts(Names(random, 3)))])),
            ]),
        };
    }

    public static CsrMatrix Sparse(Random random, int rows, int columns)
    {
        var pointers = new long[rows + 1];
        var indices = new List<int>();
        var values = new List<float>();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                if (random.Next(4) != 0)
                    continue;
                indices.Add(column);
                values.Add(random.Next(-3, 1000) + 0.25f);
            }

            pointers[row + 1] = indices.Count;
        }

        return new CsrMatrix(rows, columns, pointers, [.. indices], [.. values]);
    }

    private static T[] Draw<T>(Random random, int count, Func<Random, T> draw)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
            values[i] = draw(random);
        return values;
    }

    private static string[] Names(Random random, int count) =>
        Draw(random, count, r => string.Concat(Draw(r, r.Next(1, 4), q => s_pieces[q.Next(s_pieces.Length)]))).Select((name, i) => $"{name}.{i}").ToArray();
}
