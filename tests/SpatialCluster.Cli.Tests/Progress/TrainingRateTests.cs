using SpatialCluster.Cli.Progress;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Cli.Tests.Progress;

public sealed class TrainingRateTests
{
    private readonly SteppingClock _clock = new(TimeSpan.Zero);

    [Fact]
    public void Describe_FirstEpoch_SaysNoRate()
    {
        new TrainingRate(_clock).Describe(new TrainingProgress(1, 1000, 12.34567)).ShouldBe("epoch 1/1,000 · loss 12.346");
    }

    [Fact]
    public void Describe_SteadyEpochs_GivesRateAndTimeLeft()
    {
        var rate = new TrainingRate(_clock);
        string text = "";
        for (int epoch = 1; epoch <= 101; epoch++)
        {
            text = rate.Describe(new TrainingProgress(epoch, 1000, 3));
            _clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        text.ShouldBe("epoch 101/1,000 · 50.0 epochs/s · loss 3 · 18 s left");
    }

    [Fact]
    public void Describe_Resumed_CountsOnlyEpochsOfThisRun()
    {
        var rate = new TrainingRate(_clock);
        rate.Describe(new TrainingProgress(501, 1000, 3));
        _clock.Advance(TimeSpan.FromSeconds(2));
        rate.Describe(new TrainingProgress(505, 1000, 3)).ShouldContain("2.0 epochs/s");
    }

    [Fact]
    public void Describe_SlowerThanBefore_GoesByTheLastSeconds()
    {
        var rate = new TrainingRate(_clock);
        for (int epoch = 1; epoch <= 100; epoch++)
        {
            rate.Describe(new TrainingProgress(epoch, 1000, 3));
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        string text = "";
        for (int epoch = 101; epoch <= 140; epoch++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            text = rate.Describe(new TrainingProgress(epoch, 1000, 3));
        }

        text.ShouldContain("1.0 epochs/s");
    }

    [Theory]
    [InlineData(0.44, "0.4 s")]
    [InlineData(19.4, "19 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(7500, "2 h 5 min")]
    public void Duration_AnyLength_IsReadable(double seconds, string text) => Duration.Text(seconds).ShouldBe(text);

    [Fact]
    public void PlainProgress_ManyEpochs_WritesALineEveryFewSecondsAndTheLast()
    {
        using var output = new StringWriter();
        var progress = new PlainProgress(output, _clock);
        progress.Stage("train");
        for (int epoch = 1; epoch <= 70; epoch++)
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            progress.Epoch(new TrainingProgress(epoch, 70, 1));
        }

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[0].ShouldBe("train");
        lines[1].ShouldStartWith("  epoch 31/70");
        lines[^1].ShouldStartWith("  epoch 70/70 · 10.0 epochs/s");
    }
}
