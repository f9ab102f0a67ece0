using SpatialCluster.Methods.SpatialGlue;

namespace SpatialCluster.Tests.SpatialGlue;

/// <summary>What can be left out of SpatialGlue, how many modalities it takes, and that it learns so.</summary>
public sealed class SpatialGlueAblationTests
{
    private static readonly SpatialGlueOptions s_options = new() { EmbeddingWidth = 20, FeatureNeighbours = 8, LearningRate = 0.005 };

    [Fact]
    public void Train_WholeMethod_LowersTheLoss()
    {
        using SmallGlue run = Learn(s_options, 16, 24);
        Terms(run).ShouldBe(["reconstruction/modality0", "reconstruction/modality1", "correspondence/modality0", "correspondence/modality1"]);
        run.Network.Parameters.Count.ShouldBe(10);
    }

    [Fact]
    public void Train_WithoutCorrespondence_HasNoSuchTerms()
    {
        using SmallGlue run = Learn(s_options with { Correspondence = false }, 16, 24);
        Terms(run).ShouldBe(["reconstruction/modality0", "reconstruction/modality1"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_WithoutCorrespondenceOrItsWeight_GivesTheSameGradients(bool featureGraph)
    {
        // A term of weight zero and a term that is not there must teach the same.
        SpatialGlueOptions options = s_options with { FeatureGraph = featureGraph };
        using SmallGlue without = new(250, [16, 24], options with { Correspondence = false }, threads: 2);
        using SmallGlue weightless = new(250, [16, 24], options with { CorrespondenceWeights = [0] }, threads: 2);
        without.Train(1);
        weightless.Train(1);
        foreach (var parameter in without.Network.Parameters)
        {
            float[] other = weightless.Network.Parameters.Single(p => p.Name == parameter.Name).Gradient.ToArray(), mine = parameter.Gradient.ToArray();
            double largest = mine.Max(Math.Abs);
            for (int i = 0; i < mine.Length; i++)
                ((double)other[i]).ShouldBe(mine[i], 1e-6 * largest, parameter.Name);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Train_WithoutFeatureGraph_HasNoAttentionOverGraphs(bool correspondence)
    {
        using SmallGlue run = Learn(s_options with { FeatureGraph = false, Correspondence = correspondence }, 16, 24);
        run.Network.GraphAttention(0).ShouldBeNull();
        run.Network.Parameters.Select(p => p.Name).Where(name => name.StartsWith("attention.")).ShouldBe(["attention.cross.w_omega", "attention.cross.u_omega"]);
    }

    [Fact]
    public void Train_SingleModality_FusesItToItself()
    {
        using SmallGlue run = Learn(s_options, 16);
        Terms(run).ShouldBe(["reconstruction/modality0"]);
        _ = run.Results().ToList();
        run.Network.Embedding.ToArray().ShouldBe(run.Network.Latent(0).ToArray());
    }

    [Fact]
    public void Train_ThreeModalities_HasATermForEach()
    {
        using SmallGlue run = Learn(s_options, 16, 24, 9);
        Terms(run).Length.ShouldBe(6);
        run.Network.Attention.Columns.ShouldBe(3);
    }

    private static SmallGlue Learn(SpatialGlueOptions options, params int[] widths)
    {
        var run = new SmallGlue(250, widths, options, threads: 2);
        run.Train(1);
        double whole = run.Loss;
        double[] reconstruction = [.. run.Network.Losses.Take(widths.Length).Select(t => t.Value)];
        run.Network.Parameters.ShouldAllBe(p => (widths.Length == 1 && p.Name.Contains("cross")) || p.Gradient.ToArray().Any(g => g != 0));
        run.Train(80);
        run.Loss.ShouldBeLessThan(whole * 0.9);
        for (int m = 0; m < widths.Length; m++)
            run.Network.Losses[m].Value.ShouldBeLessThan(reconstruction[m], run.Network.Losses[m].Name);
        run.Results().SelectMany(values => values).ShouldAllBe(x => float.IsFinite(x));
        return run;
    }

    private static string[] Terms(SmallGlue run) => [.. run.Network.Losses.Select(t => t.Name)];
}
