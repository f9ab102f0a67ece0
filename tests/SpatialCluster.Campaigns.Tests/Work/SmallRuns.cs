using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Tests.Work;

/// <summary>A slice of 12 × 12 spots in three stripes and what a method could have made of it; neither simulator nor method is asked.</summary>
internal static class SmallRuns
{
    public const int Side = 12;
    public const int Spots = Side * Side;

    public static int[] Stripes { get; } = [.. Enumerable.Range(0, Spots).Select(spot => spot % Side / 4)];

    public static Slice Slice()
    {
        SpotAnnotation truth = Truth();
        return new Slice
        {
            Name = "stripes",
            SpotNames = [.. Enumerable.Range(0, Spots).Select(spot => $"s{spot}")],
            Coordinates = new SpotCoordinates([.. Enumerable.Range(0, Spots).Select(s => (double)(s % Side))], [.. Enumerable.Range(0, Spots).Select(s => (double)(s / Side))]),
            Annotations = [truth],
            Modalities = [Counts("rna", ModalityKind.Rna, 40), Counts("protein", ModalityKind.Protein, 12), Counts("atac", ModalityKind.Atac, 40), Counts("metabolite", ModalityKind.Metabolite, 12)],
        };
    }

    public static SpotAnnotation Truth() => new("layer", [.. Stripes.Select((stripe, spot) => spot == 5 ? -1 : stripe)], ["left", "middle", "right"]);

    public static Matrix Embedding(double spread = 0.5, ulong seed = 4)
    {
        var random = new RandomStream(seed);
        var embedding = new Matrix(Spots, 6);
        for (int spot = 0; spot < Spots; spot++)
        {
            for (int f = 0; f < 6; f++)
                embedding[spot, f] = (float)((f == Stripes[spot] ? 3 : 0) + (spread * random.NextGaussian()));
        }

        return embedding;
    }

    public static MethodResult Joint(ThreadTeam team)
    {
        using Matrix embedding = Embedding();
        NeighbourTable table = FeatureNeighbours.Nearest(embedding, 20, FeatureMetric.Euclidean, team);
        return new MethodResult { Neighbours = table, Graph = FuzzyNeighbourGraph.Connect(table, team) };
    }

    /// <summary>Makes the slice the result of a grain, with its truth or without.</summary>
    public static GrainKey Store(MemoryGrainContext context, bool truth = true)
    {
        Slice slice = Slice();
        SpotAnnotation? known = truth ? slice.Annotations[0] : null;
        var key = new GrainKey("slice", context.Blob([2, (byte)(truth ? 1 : 0)]));
        context.Store(key, StoredSlice.Put(slice, known, [], context));
        return key;
    }

    /// <summary>Makes what a method gave the result of a grain.</summary>
    public static GrainKey Store(MemoryGrainContext context, MethodResult result, byte number)
    {
        using (result)
        {
            var key = new GrainKey("training-run", context.Blob([3, number]));
            context.Store(key, new GrainProducts(StoredRun.Put(result, context), new() { ["notes"] = new System.Text.Json.Nodes.JsonArray() }));
            return key;
        }
    }

    private static Modality Counts(string name, ModalityKind kind, int features)
    {
        RandomStream random = new RandomStream(9).Derive(name);
        var pointers = new long[Spots + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (int spot = 0; spot < Spots; spot++)
        {
            for (int f = 0; f < features; f++)
            {
                int value = random.NextInt(f % 3 == Stripes[spot] ? 12 : 4);
                if (value == 0)
                    continue;
                columns.Add(f);
                values.Add(value);
            }

            pointers[spot + 1] = columns.Count;
        }

        return new Modality
        {
            Name = name,
            Kind = kind,
            FeatureNames = [.. Enumerable.Range(0, features).Select(f => $"{name}_{f}")],
            Counts = new CsrMatrix(Spots, features, pointers, [.. columns], [.. values]),
        };
    }
}
