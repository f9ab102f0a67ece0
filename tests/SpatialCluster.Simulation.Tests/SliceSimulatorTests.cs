using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Simulation.Tests;

public sealed class SliceSimulatorTests
{
    private static readonly SimulatedModality s_rna = SimulatedModality.Rna with { Features = 40 };
    private static readonly SimulatedModality s_protein = SimulatedModality.Protein with { Features = 30 };
    private static readonly SimulatedModality s_atac = SimulatedModality.Atac with { Features = 50 };

    private static readonly SimulationOptions s_options = new() { Rows = 12, Columns = 18, Modalities = [s_rna, s_protein, s_atac], Seed = 3 };

    [Fact]
    public void Simulate_Defaults_HaveTheShapeOfTheReference()
    {
        Slice slice = SliceSimulator.Simulate(new SimulationOptions());
        slice.Spots.ShouldBe(1296);
        slice.SpotNames[0].ShouldBe("spot_0");
        slice.SpotNames[^1].ShouldBe("spot_1295");
        (slice.Coordinates.X[37], slice.Coordinates.Y[37]).ShouldBe((1, 1));
        slice.Modalities.Select(m => (m.Name, m.Counts.Rows, m.Counts.Columns)).ShouldBe([("rna", 1296, 1000), ("protein", 1296, 100)]);
        slice.Modalities[0].FeatureNames[999].ShouldBe("gene_999");
        slice.Modalities[1].FeatureNames[0].ShouldBe("protein_0");
        SpotAnnotation truth = slice.Annotations.ShouldHaveSingleItem();
        truth.Name.ShouldBe("domain");
        truth.Categories.ShouldBe(["0", "1", "2", "3", "4"]);
        Enumerable.Range(0, 5).Select(d => truth.Codes.Count(c => c == d)).ShouldBe([432, 180, 288, 216, 180]);
    }

    [Fact]
    public void Simulate_Coordinates_AreColumnAndRow()
    {
        Slice slice = SliceSimulator.Simulate(s_options);
        (slice.Coordinates.X[20], slice.Coordinates.Y[20]).ShouldBe((2, 1));
        slice.Coordinates.X.Max().ShouldBe(17);
        slice.Coordinates.Y.Max().ShouldBe(11);
    }

    [Fact]
    public void Simulate_FeatureAnnotations_SayWhatWasPlanted()
    {
        Modality rna = SliceSimulator.Simulate(s_options).Modalities[0];
        rna.FeatureAnnotations.Select(a => a.Name).ShouldBe(["spatial_factor", "nonspatial_factor"]);
        rna.FeatureAnnotations[0].Codes.Length.ShouldBe(40);
        rna.FeatureAnnotations[0].Codes.ShouldAllBe(c => c >= 0 && c < 4);
        rna.FeatureAnnotations[0].Categories.ShouldBe(["1", "2", "3", "4"]);
        rna.FeatureAnnotations[1].Codes.ShouldAllBe(c => c >= 0 && c < 3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    public void Simulate_AnotherModalityAdded_ChangesNoOther(double noise)
    {
        Slice all = SliceSimulator.Simulate(s_options with { NoiseLevel = noise });
        Slice alone = SliceSimulator.Simulate(s_options with { NoiseLevel = noise, Modalities = [s_protein] });
        SimulatedMomentsTests.Dense(all, 1).ShouldBe(SimulatedMomentsTests.Dense(alone));
    }

    [Fact]
    public void Simulate_AnotherNoiseLevel_ScalesTheNoiseAndChangesNothingElse()
    {
        float[] clean = SimulatedMomentsTests.Dense(SliceSimulator.Simulate(s_options));
        float[] low = SimulatedMomentsTests.Dense(SliceSimulator.Simulate(s_options with { NoiseLevel = 0.1 }));
        float[] high = SimulatedMomentsTests.Dense(SliceSimulator.Simulate(s_options with { NoiseLevel = 0.4 }));
        int compared = 0;
        for (int i = 0; i < clean.Length; i++)
        {
            if (low[i] == 0 || high[i] == 0)
                continue;
            // Values below 100 in float32: rounding errors of 4e-6, ten times more after division by 0.1.
            ((high[i] - clean[i]) / 4).ShouldBe(low[i] - clean[i], 2e-5);
            compared++;
        }

        compared.ShouldBeGreaterThan(clean.Length / 3);
    }

    [Fact]
    public void Simulate_NoisyAtac_StaysWholeNumbersAndNothingIsNegative()
    {
        Slice slice = SliceSimulator.Simulate(s_options with { NoiseLevel = 0.8 });
        slice.Modalities[2].Counts.Values.ShouldAllBe(v => v > 0 && v == MathF.Round(v));
        slice.Modalities[0].Counts.Values.ShouldAllBe(v => v > 0);
        slice.Modalities[0].Counts.Values.ShouldContain(v => v != MathF.Round(v));
    }

    [Fact]
    public void Simulate_WithoutNoise_CountsAreWhole() =>
        SliceSimulator.Simulate(s_options).Modalities.ShouldAllBe(m => m.Counts.Values.All(v => v > 0 && v == MathF.Round(v)));

    [Fact]
    public void Simulate_Columns_RiseWithinEachRow()
    {
        foreach (Modality modality in SliceSimulator.Simulate(s_options).Modalities)
        {
            for (int row = 0; row < modality.Counts.Rows; row++)
            {
                ReadOnlySpan<int> columns = modality.Counts.RowColumns(row);
                for (int e = 1; e < columns.Length; e++)
                    columns[e].ShouldBeGreaterThan(columns[e - 1]);
            }
        }
    }

    [Fact]
    public void Simulate_AnyNumberOfThreads_GivesTheSameBytes()
    {
        using var team = new ThreadTeam(3);
        Slice one = SliceSimulator.Simulate(s_options with { NoiseLevel = 0.4 });
        Slice three = SliceSimulator.Simulate(s_options with { NoiseLevel = 0.4 }, team);
        for (int m = 0; m < 3; m++)
            SimulatedMomentsTests.Dense(one, m).ShouldBe(SimulatedMomentsTests.Dense(three, m));
    }

    [Fact]
    public void Simulate_AnotherSeed_GivesOtherNumbersAndTheSameTruth()
    {
        Slice one = SliceSimulator.Simulate(s_options);
        Slice two = SliceSimulator.Simulate(s_options with { Seed = 4 });
        SimulatedMomentsTests.Dense(one).ShouldNotBe(SimulatedMomentsTests.Dense(two));
        one.Annotations[0].Codes.ShouldBe(two.Annotations[0].Codes);
        SimulatedMomentsTests.Dense(one).ShouldBe(SimulatedMomentsTests.Dense(SliceSimulator.Simulate(s_options)));
    }
}
