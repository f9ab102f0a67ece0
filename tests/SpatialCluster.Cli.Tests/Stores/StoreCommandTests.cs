using System.Text.Json;

namespace SpatialCluster.Cli.Tests.Stores;

public sealed class StoreCommandTests(SmallCampaign campaign) : IClassFixture<SmallCampaign>
{
    [Fact]
    public void Du_OfAStore_AddsUpToItsFiles()
    {
        JsonElement json = CommandRun.Of("store", "du", "--store", campaign.Store, "--json").Json;
        JsonElement[] kinds = [.. json.GetProperty("by_kind").EnumerateArray()];
        kinds.Select(k => k.GetProperty("what").GetString()).ShouldBe(["blobs", "campaigns", "grains/evaluation", "grains/modality", "grains/report", "grains/slice", "grains/training-run"], ignoreOrder: true);
        long[] files = [.. new[] { "blobs", "campaigns", "grains" }.SelectMany(f => Directory.GetFiles(Path.Combine(campaign.Store, f), "*", SearchOption.AllDirectories)).Select(f => new FileInfo(f).Length)];
        json.GetProperty("bytes").GetInt64().ShouldBe(files.Sum());
        kinds.Sum(k => k.GetProperty("artifacts").GetInt64()).ShouldBe(files.Length);
        JsonElement own = json.GetProperty("by_campaign").EnumerateArray().ShouldHaveSingleItem();
        (own.GetProperty("what").GetString(), own.GetProperty("bytes").GetInt64()).ShouldBe((campaign.Id, files.Sum()));
        CommandRun.Of("store", "du", "--store", campaign.Store).Output.ShouldContain(campaign.Id);
    }

    [Fact]
    public void Verify_WholeStore_Exits0()
    {
        CommandRun run = CommandRun.Of("store", "verify", "--store", campaign.Store, "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("results").GetInt32().ShouldBe(campaign.Summary.GetProperty("grains").GetInt32());
        run.Json.GetProperty("problems").GetArrayLength().ShouldBe(0);
        run.Json.GetProperty("orphans").GetInt32().ShouldBe(0);
        CommandRun.Of("store", "verify", "--store", campaign.Store).Output.ShouldContain("Everything is whole.");
    }

    [Fact]
    public void Verify_DamagedBlob_IsFoundWithItsWayOutAndCanBeMadeAgain()
    {
        string store = campaign.CopyStore();
        string blob = Directory.GetFiles(Path.Combine(store, "blobs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        byte[] bytes = File.ReadAllBytes(blob);
        bytes[^1] ^= 1;
        File.WriteAllBytes(blob, bytes);
        CommandRun run = CommandRun.Of("store", "verify", "--store", store, "--json");
        run.ExitCode.ShouldBe(2);
        JsonElement[] problems = [.. run.Json.GetProperty("problems").EnumerateArray()];
        string digest = Path.GetFileName(blob);
        problems.Select(p => p.GetProperty("name").GetString()).ShouldContain($"blobs/{digest}");
        problems.Length.ShouldBeGreaterThan(1, "and the result that names it");
        CommandRun told = CommandRun.Of("store", "verify", "--store", store);
        told.ExitCode.ShouldBe(2);
        told.Output.ShouldContain($"{problems.Length} things are wrong.");
        told.Output.ShouldContain("another digest than its name says; delete it");

        // The way out that is told, taken.
        foreach (JsonElement problem in problems)
        {
            string name = problem.GetProperty("name").GetString()!;
            File.Delete(name.StartsWith("blobs/", StringComparison.Ordinal) ? blob : Path.Combine(store, name));
        }

        CommandRun.Of("store", "verify", "--store", store).ExitCode.ShouldBe(0);
        CommandRun again = CommandRun.Of("campaign", "resume", "small", "--store", store, "--out", campaign.NewFolder(), "--json");
        again.ExitCode.ShouldBe(0, again.Error);
        again.Json.GetProperty("results_digest").GetString().ShouldBe(campaign.Digest);
    }

    [Fact]
    public void Gc_NothingOrphaned_TakesNothingAndOldCampaignsWhenAsked()
    {
        string store = campaign.CopyStore();
        JsonElement nothing = CommandRun.Of("store", "gc", "--store", store, "--grace", "0", "--json").Json;
        (nothing.GetProperty("grains").GetInt32(), nothing.GetProperty("blobs").GetInt32(), nothing.GetProperty("campaigns").GetArrayLength()).ShouldBe((0, 0, 0));
        JsonElement spared = CommandRun.Of("store", "gc", "--store", store, "--older-than", "30d", "--json").Json;
        spared.GetProperty("campaigns").GetArrayLength().ShouldBe(0);

        CommandRun dry = CommandRun.Of("store", "gc", "--store", store, "--older-than", "0", "--grace", "0", "--dry-run");
        dry.ExitCode.ShouldBe(0, dry.Error);
        dry.Output.ShouldContain("would be freed");
        CommandRun.Of("store", "verify", "--store", store, "--json").Json.GetProperty("results").GetInt32().ShouldBe(campaign.Summary.GetProperty("grains").GetInt32());
        CommandRun.Of("store", "gc", "--store", store, "--older-than", "0", "--grace", "0").Output.ShouldContain("were freed");
        CommandRun.Of("store", "du", "--store", store, "--json").Json.GetProperty("bytes").GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("--grace", "soon")]
    [InlineData("--grace", "-5m")]
    [InlineData("--older-than", "3w")]
    public void Gc_NoTime_Exits2(string option, string value)
    {
        CommandRun run = CommandRun.Of("store", "gc", "--store", campaign.Store, $"{option}={value}", "--dry-run");
        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain(option);
        run.Error.ShouldContain("90s, 30m, 2h or 14d");
    }

    [Theory]
    [InlineData("du")]
    [InlineData("verify")]
    [InlineData("gc")]
    public void Command_NoStore_Exits2AndMakesNone(string command)
    {
        string store = Path.Combine(campaign.NewFolder(), "store");
        CommandRun run = CommandRun.Of("store", command, "--store", store);
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(store);
        Directory.Exists(store).ShouldBeFalse();
    }
}
