using System.Text.Json.Nodes;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Options;

namespace SpatialCluster.Compute.Tests.Options;

public sealed class OptionRecordTests
{
    private enum Way
    {
        None,
        BothWays,
    }

    [Fact]
    public void Names_OfARecord_AreAsOnTheCommandLineInheritedFirst() =>
        OptionRecord.Names(typeof(Sample)).ShouldBe(["epochs", "learning-rate", "neighbors", "wanted", "way", "weights", "on"]);

    [Fact]
    public void ToJson_ThenWith_GivesTheSameRecord()
    {
        var sample = new Sample { Epochs = 7, LearningRate = 0.1, Neighbours = 4, Wanted = null, Way = Way.BothWays, Weights = [1, 2.5], On = true };
        JsonObject json = OptionRecord.ToJson(sample);
        json.ToJsonString().ShouldBe("""{"epochs":7,"learning-rate":0.1,"neighbors":4,"wanted":null,"way":"both-ways","weights":[1,2.5],"on":true}""");
        Base again = OptionRecord.With<Base>(new Sample { Wanted = 3 }, (JsonObject)JsonNode.Parse(json.ToJsonString())!);
        OptionRecord.ToJson(again).ToJsonString().ShouldBe(json.ToJsonString());
        again.ShouldBeOfType<Sample>();
    }

    [Fact]
    public void With_OneOption_LeavesTheOriginalAlone()
    {
        var sample = new Sample();
        OptionRecord.With(sample, "epochs", "9").Epochs.ShouldBe(9);
        sample.Epochs.ShouldBe(1);
    }

    [Theory]
    [InlineData("epoch", "1", "did you mean 'epochs'?")]
    [InlineData("epochs", "1.5", "epochs is '1.5'; it must be a whole number.")]
    [InlineData("learning-rate", "NaN", "it must be a number")]
    [InlineData("way", "sideways", "one of none, both-ways")]
    [InlineData("on", "maybe", "true or false")]
    public void With_WhatIsNoOptionOrValue_SaysWhatIs(string name, string value, string sentence) =>
        Should.Throw<BadInputException>(() => OptionRecord.With(new Sample(), name, value)).Message.ShouldContain(sentence);

    private abstract record Base
    {
        public int Epochs { get; init; } = 1;
    }

    private sealed record Sample : Base
    {
        public double LearningRate { get; init; }

        public int Neighbours { get; init; }

        public int? Wanted { get; init; }

        public Way Way { get; init; }

        public IReadOnlyList<double> Weights { get; init; } = [];

        public bool On { get; init; }

        public int Settled => Epochs;
    }
}
