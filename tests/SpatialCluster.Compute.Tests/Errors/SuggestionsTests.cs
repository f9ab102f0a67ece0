using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Compute.Tests.Errors;

public sealed class SuggestionsTests
{
    [Theory]
    [InlineData("--epoch", "--epochs", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Distance_OfWords_CountsEdits(string from, string to, int edits) => Suggestions.Distance(from, to).ShouldBe(edits);

    [Theory]
    [InlineData("epoch", "did you mean 'epochs'?")]
    [InlineData("zebra", "known are epochs, dropout.")]
    public void Sentence_OfAWord_NamesTheNearestOrAll(string word, string sentence) => Suggestions.Sentence(word, ["epochs", "dropout"]).ShouldBe(sentence);
}
