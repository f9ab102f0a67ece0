using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Compute.Tests.Randomness;

/// <summary>Statistics of a fixed seed, so that nothing is left to chance; bounds are five standard errors.</summary>
public sealed class RandomStreamTests
{
    private const int Draws = 200_000;

    private readonly RandomStream _random = new(2024);

    [Fact]
    public void NextUInt32_FromTheStart_GivesTheBlocksInOrder()
    {
        for (ulong block = 0; block < 3; block++)
            (_random.NextUInt32(), _random.NextUInt32(), _random.NextUInt32(), _random.NextUInt32()).ShouldBe(Philox.Block(2024, 0, block));
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniform()
    {
        double[] open = [.. Enumerable.Range(0, Draws).Select(_ => _random.NextOpenDouble())], half = [.. Enumerable.Range(0, Draws).Select(_ => _random.NextDouble())];
        foreach (double[] draws in new[] { open, half })
        {
            draws.ShouldAllBe(x => x >= 0 && x < 1);
            draws.Average().ShouldBe(0.5, 5 * Math.Sqrt(1.0 / 12 / Draws));
            draws.Average(x => x * x).ShouldBe(1.0 / 3, 5 * Math.Sqrt(4.0 / 45 / Draws));
            draws.Skip(1).Zip(draws, (x, y) => (x - 0.5) * (y - 0.5)).Average().ShouldBe(0, 5 / 12.0 / Math.Sqrt(Draws));
            ChiSquared([.. draws.Select(x => (int)(x * 100))], 100).ShouldBeLessThan(99 + (5 * Math.Sqrt(2 * 99)));
        }

        open.ShouldAllBe(x => x > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1000)]
    public void NextInt_SmallBound_HitsEveryNumberEquallyOften(int bound)
    {
        int[] draws = [.. Enumerable.Range(0, Draws).Select(_ => _random.NextInt(bound))];
        draws.ShouldAllBe(x => x >= 0 && x < bound);
        ChiSquared(draws, bound).ShouldBeLessThan(bound - 1 + (5 * Math.Sqrt(2.0 * bound)));
    }

    /// <summary>With bound 3 · 2²⁹ a multiplication without rejection hits every third number twice as often as the others.</summary>
    [Fact]
    public void NextInt_LargeBound_IsWithoutBias()
    {
        const int bound = 3 << 29;
        int[] draws = [.. Enumerable.Range(0, Draws).Select(_ => _random.NextInt(bound))];
        ChiSquared([.. draws.Select(x => x % 3)], 3).ShouldBeLessThan(2 + (5 * 2));
        draws.Average(x => (double)x / bound).ShouldBe(0.5, 5 * Math.Sqrt(1.0 / 12 / Draws));
    }

    [Fact]
    public void NextInt_BoundBelowOne_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => _random.NextInt(0));

    [Fact]
    public void NextGaussian_ManyDraws_HasTheMomentsOfTheNormalDistribution()
    {
        double[] draws = [.. Enumerable.Range(0, Draws).Select(_ => _random.NextGaussian())];
        draws.Average().ShouldBe(0, 5 * Math.Sqrt(1.0 / Draws));
        draws.Average(x => x * x).ShouldBe(1, 5 * Math.Sqrt(2.0 / Draws));
        draws.Average(x => x * x * x).ShouldBe(0, 5 * Math.Sqrt(15.0 / Draws));
        draws.Average(x => x * x * x * x).ShouldBe(3, 5 * Math.Sqrt(96.0 / Draws));
        ((double)draws.Count(x => Math.Abs(x) < 1)).ShouldBe(Draws * 0.6826895, 5 * Math.Sqrt(Draws * 0.217));

        // Two come from one pair of uniform numbers.
        draws.Chunk(2).Average(pair => pair[0] * pair[1]).ShouldBe(0, 5 / Math.Sqrt(Draws / 2.0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Permutation_AnyLength_HoldsEachNumberOnce(int length)
    {
        var order = new int[length];
        _random.Permutation(order);
        order.Order().ShouldBe(Enumerable.Range(0, length));
        if (length == 1000)
            order.ShouldNotBe(Enumerable.Range(0, length));
    }

    [Fact]
    public void Permutation_OfFour_GivesAllTwentyFourEquallyOften()
    {
        var order = new int[4];
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < 24_000; i++)
        {
            _random.Permutation(order);
            string name = string.Join(',', order);
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        counts.Count.ShouldBe(24);
        counts.Values.Sum(c => (c - 1000.0) * (c - 1000) / 1000).ShouldBeLessThan(23 + (5 * Math.Sqrt(46)));
    }

    [Fact]
    public void Derive_AfterDraws_GivesTheSameStream()
    {
        uint before = _random.Derive("dropout").NextUInt32();
        _random.NextGaussian();
        _random.Derive("dropout").NextUInt32().ShouldBe(before);
    }

    [Fact]
    public void Derive_ManyNamesAndNumbers_GivesDistinctUncorrelatedStreams()
    {
        ulong[] keys =
        [
            .. Enumerable.Range(0, 5000).Select(i => RandomStream.DeriveKey(1, $"shuffle/{i}")),
            .. Enumerable.Range(0, 5000).Select(i => RandomStream.DeriveKey(1, (ulong)i)),
            .. Enumerable.Range(2, 5000).Select(i => RandomStream.DeriveKey((ulong)i, "shuffle/0")),
            1, RandomStream.DeriveKey(1, string.Empty),
        ];
        keys.Distinct().Count().ShouldBe(keys.Length);
        double[] firsts = [.. keys.Select(k => new RandomStream(k).NextDouble() - 0.5)];
        firsts.Skip(1).Zip(firsts, (x, y) => x * y).Average().ShouldBe(0, 5 / 12.0 / Math.Sqrt(keys.Length));
        firsts.Average().ShouldBe(0, 5 * Math.Sqrt(1.0 / 12 / keys.Length));
    }

    [Fact]
    public void Restart_AfterDraws_GivesTheStreamOfThatKeyFromItsStart()
    {
        _random.NextUInt32();
        _random.NextGaussian();
        _random.Restart(9);
        var fresh = new RandomStream(9);
        for (int i = 0; i < 5; i++)
            _random.NextGaussian().ShouldBe(fresh.NextGaussian());
        _random.Key.ShouldBe(9UL);
    }

    private static double ChiSquared(int[] draws, int cells)
    {
        var counts = new int[cells];
        foreach (int draw in draws)
            counts[draw]++;
        double expected = (double)draws.Length / cells;
        return counts.Sum(c => (c - expected) * (c - expected) / expected);
    }
}
