using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training;

public sealed class DropoutMaskTests
{
    [Theory]
    [InlineData(0.15)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Fill_LargeMask_KeepsTheShareItShould(double rate)
    {
        const int rows = 4000, columns = 50;
        var mask = new DropoutMask(rows, columns, rate, key: 17);
        mask.Fill(2, 0, rows);
        double kept = 0, beside = 0, below = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                kept += mask.Keeps(i, j) ? 1 : 0;
                beside += j > 0 && mask.Keeps(i, j) && mask.Keeps(i, j - 1) ? 1 : 0;
                below += i > 0 && mask.Keeps(i, j) && mask.Keeps(i - 1, j) ? 1 : 0;
            }
        }

        // Five standard errors; neighbours are kept independently of each other.
        double keep = 1 - rate, error = 5 * Math.Sqrt(0.25 / (rows * columns));
        (kept / (rows * columns)).ShouldBe(keep, error);
        (beside / (rows * (columns - 1))).ShouldBe(keep * keep, error);
        (below / ((rows - 1) * columns)).ShouldBe(keep * keep, error);
        ((double)mask.Scale).ShouldBe(1 / keep, 2e-5 / keep / keep);
    }

    [Fact]
    public void Fill_AnyCutIntoTiles_GivesTheSameBits() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
            seed =>
            {
                var random = new Random(seed);
                int rows = random.Next(1, 300), columns = random.Next(1, 200);
                var whole = new DropoutMask(rows, columns, 0.3, (ulong)seed);
                var cut = new DropoutMask(rows, columns, 0.3, (ulong)seed);
                whole.Fill(5, 0, rows);
                List<int> starts = [0];
                while (starts[^1] < rows)
                    starts.Add(Math.Min(rows, starts[^1] + (2 * random.Next(1, 40))));
                (int Start, int End)[] tiles = [.. starts.Zip(starts.Skip(1))];
                random.Shuffle(tiles);
                foreach ((int start, int end) in tiles)
                    cut.Fill(5, start, end);
                cut.Bits.ShouldBe(whole.Bits);
            }).Check(Config.QuickThrowOnFailure.WithReplay(1, 1));

    [Fact]
    public void Fill_OtherEpochOrKey_GivesOtherBits()
    {
        ulong[] Bits(ulong key, int epoch)
        {
            var mask = new DropoutMask(10, 64, 0.5, key);
            mask.Fill(epoch, 0, 10);
            return mask.Bits;
        }

        Bits(1, 0).ShouldBe(Bits(1, 0));
        Bits(1, 0).Intersect(Bits(1, 1)).ShouldBeEmpty();
        Bits(1, 0).Intersect(Bits(2, 0)).ShouldBeEmpty();
    }

    [Fact]
    public void Keeps_RateZero_KeepsAllUnscaled()
    {
        var mask = new DropoutMask(3, 70, 0, 1);
        mask.Fill(0, 0, 3);
        mask.Scale.ShouldBe(1);
        Enumerable.Range(0, 210).ShouldAllBe(i => mask.Keeps(i / 70, i % 70));
    }

    [Fact]
    public void Keeps_AnyElement_ReadsItsBit()
    {
        var mask = new DropoutMask(4, 130, 0.5, 1);
        mask.WordsPerRow.ShouldBe(3);
        mask.Bits[(2 * 3) + 1] = 1UL << 5;
        for (int i = 0; i < 4 * 130; i++)
            mask.Keeps(i / 130, i % 130).ShouldBe(i == (2 * 130) + 64 + 5);
    }

    [Theory]
    [InlineData(0.999999)]
    [InlineData(0.9999999999)]
    public void Scale_RateNextToOne_IsFinite(double rate) => new DropoutMask(2, 2, rate, 1).Scale.ShouldBe(65536);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Constructor_RateOutsideZeroToOne_IsRefused(double rate) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new DropoutMask(1, 1, rate, 0));
}
