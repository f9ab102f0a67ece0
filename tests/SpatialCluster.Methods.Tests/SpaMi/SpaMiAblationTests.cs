using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Tests.SpaMi;

/// <summary>What can be left out of SpaMI, and that it learns without.</summary>
public sealed class SpaMiAblationTests
{
    private static readonly SpaMiOptions s_options = new() { HiddenWidth = 40, EmbeddingWidth = 20, LearningRate = 0.005 };

    [Fact]
    public void Train_WholeMethod_LowersEveryTerm()
    {
        using SmallRun run = Learn(s_options, 16, 24);
        Terms(run).ShouldBe(["contrastive/modality0", "reconstruction/modality0", "contrastive/modality1", "reconstruction/modality1", "cosine"]);
        Parameters(run, "discriminator").ShouldBe(4);
        Parameters(run, "attention").ShouldBe(2);
    }

    [Fact]
    public void Train_WithoutCosine_HasNoSuchTerm()
    {
        using SmallRun run = Learn(s_options with { Cosine = false }, 16, 24);
        Terms(run).ShouldNotContain("cosine");
        Terms(run).Length.ShouldBe(4);
    }

    [Fact]
    public void Train_WithoutContrastive_HasNoDiscriminatorAndNoShuffledPass()
    {
        using SmallRun run = Learn(s_options with { Contrastive = false }, 16, 24);
        Terms(run).ShouldBe(["reconstruction/modality0", "reconstruction/modality1", "cosine"]);
        Parameters(run, "discriminator").ShouldBe(0);
        run.Network.Towers.ShouldAllBe(t => t.Shuffle == null && t.Branches.Count == 1);
    }

    [Fact]
    public void Train_WithoutContrastiveOrItsWeight_GivesTheEncodersTheSameGradients()
    {
        // A term of weight zero and a term that is not there must teach the same, dropout and shuffle being the same.
        using SmallRun without = new(250, [16, 24], s_options with { Contrastive = false }, threads: 2);
        using SmallRun weightless = new(250, [16, 24], s_options with { ContrastiveWeights = [0] }, threads: 2);
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

    [Fact]
    public void Train_Concatenation_IsAsWideAsAllEmbeddings()
    {
        using SmallRun run = Learn(s_options with { Fusion = Fusion.Concatenation }, 16, 24, 9);
        Parameters(run, "attention").ShouldBe(0);
        run.Network.Attention.ShouldBeNull();
        _ = run.Results().ToList();
        run.Network.Embedding.Columns.ShouldBe(60);
        run.Network.Embedding.Row(17)[20..40].ToArray().ShouldBe(run.Network.ModalityEmbedding(1).Row(17).ToArray());
    }

    [Theory]
    [InlineData(Fusion.Attention)]
    [InlineData(Fusion.Concatenation)]
    public void Train_SingleModality_FusesItToItself(Fusion fusion)
    {
        using SmallRun run = Learn(s_options with { Fusion = fusion }, 16);
        Terms(run).ShouldBe(["contrastive/modality0", "reconstruction/modality0"]);
        _ = run.Results().ToList();
        run.Network.Embedding.ToArray().ShouldBe(run.Network.ModalityEmbedding(0).ToArray());
    }

    private static SmallRun Learn(SpaMiOptions options, params int[] features)
    {
        var run = new SmallRun(250, features, options, threads: 2);
        run.Train(1);
        double[] first = [.. run.Network.Losses.Select(t => t.Value)];
        double whole = run.Loss;
        run.Train(80);
        run.Loss.ShouldBeLessThan(whole * 0.9);
        for (int i = 0; i < first.Length; i++)
            run.Network.Losses[i].Value.ShouldBeLessThan(first[i], run.Network.Losses[i].Name);
        run.Results().SelectMany(values => values).ShouldAllBe(x => float.IsFinite(x));
        run.Network.Parameters.ShouldAllBe(p => p.Name.StartsWith("attention") || p.Gradient.ToArray().Any(g => g != 0));
        return run;
    }

    private static string[] Terms(SmallRun run) => [.. run.Network.Losses.Select(t => t.Name)];

    private static int Parameters(SmallRun run, string part) => run.Network.Parameters.Count(p => p.Name.Contains(part));
}
