using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Perturbations;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Perturbations;

public sealed class PerturbationTests : IDisposable
{
    private const int Spots = 400, Features = 100;

    private static readonly Modality s_counts = Counts("rna");

    private readonly ThreadTeam _team = new(2);

    public static TheoryData<string, double> Kinds => new() { { "noise", 0.3 }, { "dropout", 0.3 }, { "depth", 0.4 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_OneTwoThreeThreads_GivesTheSameBytes(string kind, double level)
    {
        CsrMatrix[] results = [.. Enumerable.Range(1, 3).Select(threads =>
        {
            using var team = new ThreadTeam(threads);
            return Apply(kind, s_counts, level, 5, team).Counts;
        })];
        foreach (CsrMatrix other in results[1..])
            ShouldBeSame(other, results[0]);
        results[0].Values.ShouldNotBe(s_counts.Counts.Values);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_AnotherSeedOrModalityName_DrawsOtherNumbers(string kind, double level)
    {
        float[] first = Apply(kind, s_counts, level, 5, _team).Counts.Values;
        Apply(kind, s_counts, level, 6, _team).Counts.Values.ShouldNotBe(first);
        Apply(kind, Counts("protein"), level, 5, _team).Counts.Values.ShouldNotBe(first);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apply_Anything_KeepsNamesAndAWellFormedMatrix(string kind, double level)
    {
        Modality result = Apply(kind, s_counts, level, 5, _team);
        result.FeatureNames.ShouldBe(s_counts.FeatureNames);
        for (int spot = 0; spot < Spots; spot++)
        {
            int[] columns = result.Counts.RowColumns(spot).ToArray();
            columns.ShouldBe(columns.Distinct().Order());
        }

        result.Counts.Values.ShouldAllBe(v => v > 0);
    }

    [Theory]
    [InlineData("noise", 0)]
    [InlineData("dropout", 0)]
    [InlineData("depth", 1)]
    public void Apply_ALevelThatDoesNothing_GivesTheCountsBack(string kind, double level) =>
        Apply(kind, s_counts, level, 5, _team).Counts.ShouldBeSameAs(s_counts.Counts);

    // A clipped normal: E max(0, x + σz) = x Φ(x/σ) + σ φ(x/σ), and its second moment (x² + σ²) Φ + x σ φ.
    [Theory]
    [InlineData(0.0)]
    [InlineData(2.0)]
    [InlineData(8.0)]
    public void Noise_OnEqualValues_HasTheMomentsOfAClippedNormal(double value)
    {
        // One value of 20 per spot fixes the mean of the non-zeros, and with it σ.
        Modality modality = Modality("rna", (_, feature) => feature == 0 ? 20 : (float)value);
        double nonZeros = value == 0 ? 1 : Features;
        double sigma = 0.25 * ((20 + ((nonZeros - 1) * value)) / nonZeros);
        CsrMatrix noisy = GaussianNoise.Apply(modality, 0.25, _team, new RandomStream(3)).Counts;
        double sum = 0, squares = 0;
        for (int spot = 0; spot < Spots; spot++)
        {
            for (int e = 0; e < noisy.RowColumns(spot).Length; e++)
            {
                double x = noisy.RowColumns(spot)[e] == 0 ? 0 : noisy.RowValues(spot)[e];
                sum += x;
                squares += x * x;
            }
        }

        double n = Spots * (Features - 1.0);
        double z = value / sigma;
        double density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);
        double share = Share(z);
        double mean = (value * share) + (sigma * density);
        double second = (((value * value) + (sigma * sigma)) * share) + (value * sigma * density);
        (sum / n).ShouldBe(mean, 5 * Math.Sqrt((second - (mean * mean)) / n));
        // The fourth moment about 0 is below 3 (value² + σ²)² · 2, which bounds the error of the second.
        (squares / n).ShouldBe(second, 5 * Math.Sqrt(6 / n) * ((value * value) + (sigma * sigma)));
    }

    [Fact]
    public void Noise_AnotherLevel_ScalesTheSameNoise()
    {
        Modality modality = Modality("rna", (_, _) => 100);
        float[] low = GaussianNoise.Apply(modality, 0.01, _team, new RandomStream(3)).Counts.Values;
        float[] high = GaussianNoise.Apply(modality, 0.02, _team, new RandomStream(3)).Counts.Values;
        for (int e = 0; e < low.Length; e++)
            ((double)(high[e] - 100)).ShouldBe(2 * (low[e] - 100), 1e-4);
    }

    [Fact]
    public void Noise_OnMoreEntriesThanFit_IsRefusedWithTheWayOut()
    {
        var wide = new Modality { Name = "atac", Kind = ModalityKind.Atac, FeatureNames = new string[200_000], Counts = new CsrMatrix(1_000, 200_000, new long[1_001], [], []) };
        Should.Throw<BadInputException>(() => GaussianNoise.Apply(wide, 0.1, _team, new RandomStream(0)))
            .Message.ShouldBe("Noise makes modality 'atac' dense, and 1,000 spots × 200,000 features are more than 100,000,000 entries; use dropout or depth, or name smaller modalities.");
    }

    [Fact]
    public void Dropout_Anything_LosesTheShareAndTouchesNothingElse()
    {
        CsrMatrix left = CountDropout.Apply(s_counts, 0.3, _team, new RandomStream(1)).Counts;
        long before = s_counts.Counts.Values.Count(v => v != 0);
        ((double)left.NonZeros / before).ShouldBe(0.7, 5 * Math.Sqrt(0.21 / before));
        for (int spot = 0; spot < Spots; spot++)
        {
            for (int e = 0; e < left.RowColumns(spot).Length; e++)
                left.RowValues(spot)[e].ShouldBe(Value(spot, left.RowColumns(spot)[e]));
        }
    }

    [Fact]
    public void Depth_Anything_GivesWholeNumbersThatAddUpToTheShare()
    {
        CsrMatrix thinned = DepthThinning.Apply(s_counts, 0.4, _team, new RandomStream(1)).Counts;
        thinned.Values.ShouldAllBe(v => v == MathF.Floor(v));
        double before = s_counts.Counts.Values.Sum(v => (double)v);
        (thinned.Values.Sum(v => (double)v) / before).ShouldBe(0.4, 5 * Math.Sqrt(0.24 / before));
        for (int spot = 0; spot < Spots; spot++)
        {
            for (int e = 0; e < thinned.RowColumns(spot).Length; e++)
                thinned.RowValues(spot)[e].ShouldBeLessThanOrEqualTo(Value(spot, thinned.RowColumns(spot)[e]));
        }
    }

    [Theory]
    [InlineData("noise", -0.1)]
    [InlineData("noise", double.NaN)]
    [InlineData("noise", double.PositiveInfinity)]
    [InlineData("dropout", 1)]
    [InlineData("dropout", -0.1)]
    [InlineData("depth", 0)]
    [InlineData("depth", 1.1)]
    public void Apply_ALevelOutOfRange_IsRefused(string kind, double level) =>
        Should.Throw<BadInputException>(() => Apply(kind, s_counts, level, 0, _team)).Message.ShouldContain("give a number");

    [Theory]
    [InlineData("noise", -1)]
    [InlineData("depth", -1)]
    [InlineData("depth", 0.5f)]
    [InlineData("depth", 20_000_000)]
    public void Apply_ValuesThatAreNoneOfItsKind_AreRefused(string kind, float value) =>
        Should.Throw<BadInputException>(() => Apply(kind, Modality("rna", (_, _) => value), 0.5, 0, _team)).Message.ShouldContain("Modality 'rna' holds the value");

    public void Dispose() => _team.Dispose();

    private static Modality Apply(string kind, Modality modality, double level, ulong seed, ThreadTeam team)
    {
        var random = new RandomStream(seed);
        return kind switch
        {
            "noise" => GaussianNoise.Apply(modality, level, team, random),
            "dropout" => CountDropout.Apply(modality, level, team, random),
            _ => DepthThinning.Apply(modality, level, team, random),
        };
    }

    private static Modality Counts(string name) => Modality(name, Value);

    private static float Value(int spot, int feature) => (spot + feature) % 3 == 0 ? 0 : ((spot * 7) + (feature * 3)) % 60;

    private static Modality Modality(string name, Func<int, int, float> value)
    {
        var pointers = new long[Spots + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (int spot = 0; spot < Spots; spot++)
        {
            for (int feature = 0; feature < Features; feature++)
            {
                if (value(spot, feature) == 0)
                    continue;
                columns.Add(feature);
                values.Add(value(spot, feature));
            }

            pointers[spot + 1] = columns.Count;
        }

        return new Modality
        {
            Name = name,
            Kind = ModalityKind.Rna,
            FeatureNames = [.. Enumerable.Range(0, Features).Select(f => $"g{f}")],
            Counts = new CsrMatrix(Spots, Features, pointers, [.. columns], [.. values]),
        };
    }

    private static void ShouldBeSame(CsrMatrix one, CsrMatrix other)
    {
        one.RowPointers.ShouldBe(other.RowPointers);
        one.ColumnIndices.ShouldBe(other.ColumnIndices);
        one.Values.ShouldBe(other.Values);
    }

    // Φ by Simpson's rule, which is good to 1e-10 here.
    private static double Share(double z)
    {
        const int Steps = 1_000;
        double h = z / Steps, sum = 0;
        for (int i = 0; i < Steps; i++)
            sum += h / 6 * (Density(i * h) + (4 * Density((i + 0.5) * h)) + Density((i + 1) * h));
        return 0.5 + sum;

        static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
