using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Tests.Documents;

public sealed class YamlSafetyTests
{
    [Theory]
    [InlineData("name: !!System.IO.FileInfo /etc/passwd\n", 1, "the tag")]
    [InlineData("a: 1\nb: !<tag:yaml.org,2002:js/function> x\n", 2, "the tag")]
    [InlineData("a: !!map { b: 1 }\n", 1, "the tag")]
    [InlineData("a: *b\n", 1, "the alias *b has no value before it")]
    [InlineData("a: &a [*a]\n", 1, "the alias *a has no value before it")]
    [InlineData("a: 1\n---\nb: 1\n", 2, "a second document begins")]
    [InlineData("a: [1\nb: 2\n", 1, "is no YAML")]
    [InlineData("? [a]\n: b\n", 1, "a key is a list or mapping")]
    [InlineData("a: 1\n<<: 3\n", 2, "'<<' takes the mapping of an alias")]
    public void Load_WhatIsNotAccepted_IsRefusedWithItsLine(string text, int line, string sentence)
    {
        string message = Should.Throw<BadInputException>(() => YamlLoader.Load(text, "a.yaml")).Message;
        message.ShouldContain(sentence);
        if (line > 0)
            message.ShouldStartWith($"a.yaml:{line}: ");
    }

    [Fact]
    public void Load_AliasesOfAliases_AreBounded()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 20; level++)
            bomb.Append($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        Should.Throw<BadInputException>(() => YamlLoader.Load(bomb.ToString(), "a.yaml")).Message.ShouldContain("more than 50,000 values");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Load_DeepNesting_IsRefusedWithoutRecursion(string opening)
    {
        string text = string.Concat(Enumerable.Repeat(opening, 2000));
        Should.Throw<BadInputException>(() => YamlLoader.Load(text, "a.yaml"));
    }

    [Fact]
    public void Load_LongText_IsRefused() =>
        Should.Throw<BadInputException>(() => YamlLoader.Load(new string(' ', YamlLoader.LongestText + 1), "a.yaml")).Message.ShouldContain("at most");

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("~\n")]
    public void Load_NothingThere_SaysHowToBegin(string text) =>
        Should.Throw<BadInputException>(() => YamlLoader.Load(text, "a.yaml")).Message.ShouldContain("the document is empty");

    [Fact]
    public void Load_AnyText_IsReadOrRefusedAndNothingElse() =>
        Prop.ForAll(Gen.Elements([.. "[]{}:,-?&*!|>'\"%@# \n\t\\ab1~<".Select(c => c.ToString()), ": ", "\n- ", "\n  ", "&a ", "*a", "<<: ", "\u0000", "\ud800"]).ListOf().ToArbitrary(), parts =>
        {
            try
            {
                YamlLoader.Load(string.Concat(parts), "a.yaml");
            }
            catch (BadInputException)
            {
                // Refused, with a sentence.
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithQuietOnSuccess(true));

    [Fact]
    public void Parse_TextWithControlCharacter_IsRefused() =>
        Should.Throw<BadInputException>(() => CampaignReader.Parse("name: \"a\\u001b[31m\"\ndatasets: [{ name: d, simulate: { modalities: [rna] } }]\nmethods: [spami]\n", "a.yaml"))
            .Message.ShouldContain("control character");
}
