using System.Text.Json;

namespace SpatialCluster.Cli.Tests.Campaigns;

public sealed class CampaignRunTests(SmallCampaign campaign) : IClassFixture<SmallCampaign>
{
    [Fact]
    public void Run_Json_TellsOutcomeScoresAndOutputs()
    {
        JsonElement json = campaign.Summary;
        campaign.Id.ShouldMatch("^small-[0-9a-f]{10}$");
        json.GetProperty("name").GetString().ShouldBe("small");
        json.GetProperty("store").GetString().ShouldBe(campaign.Store);
        int grains = json.GetProperty("grains").GetInt32();
        JsonElement outcome = json.GetProperty("outcome");
        (outcome.GetProperty("done").GetInt32(), outcome.GetProperty("reused").GetInt32(), outcome.GetProperty("failed").GetInt32()).ShouldBe((grains, 0, 0));
        (json.GetProperty("runs").GetInt32(), json.GetProperty("failed_runs").GetInt32(), json.GetProperty("missing_runs").GetInt32()).ShouldBe((12, 0, 0));
        json.GetProperty("seconds").GetDouble().ShouldBeGreaterThan(0);
        campaign.Digest.ShouldMatch("^[0-9a-f]{64}$");
        json.GetProperty("errors").GetArrayLength().ShouldBe(0);
        json.GetProperty("notes").ValueKind.ShouldBe(JsonValueKind.Array);
        JsonElement[] methods = [.. json.GetProperty("methods").EnumerateArray()];
        methods.Length.ShouldBe(6);
        methods.ShouldAllBe(m => m.GetProperty("dataset").GetString() == "slice" && m.GetProperty("seeds").GetInt32() == 2 && m.GetProperty("ari").GetDouble() <= 1);
        methods.Select(m => m.GetProperty("perturbation").GetString()).Distinct().ShouldBe(["none", "gaussian_noise"], ignoreOrder: true);
        JsonElement outputs = json.GetProperty("outputs");
        foreach ((string name, string file) in new[] { ("html", "report.html"), ("scores", "scores.csv"), ("runs", "runs.csv"), ("run_lines", "runs.jsonl"), ("agreements", "seed_agreement.csv") })
            outputs.GetProperty(name).GetString().ShouldBe(Path.Combine(campaign.Report, file));
        Directory.GetFiles(campaign.Report).Select(Path.GetFileName).Order().ShouldBe(["report.html", "runs.csv", "runs.jsonl", "scores.csv", "seed_agreement.csv"]);
        File.ReadLines(Path.Combine(campaign.Report, "runs.jsonl")).Count().ShouldBe(12);
        File.ReadAllText(Path.Combine(campaign.Report, "report.html")).ShouldContain("Two levels of noise.");
    }

    [Fact]
    public void Run_Again_FindsEverythingDone()
    {
        string store = campaign.CopyStore(), output = campaign.NewFolder();
        CommandRun run = CommandRun.Of("campaign", "run", campaign.Write(SmallCampaign.Document), "--store", store, "--out", output);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldContain("0 done now");
        run.Output.ShouldContain($"sha256:{campaign.Digest}");
        run.Output.ShouldContain(Path.Combine(output, "report.html"));
        run.Output.ShouldNotContain("\u001b[");
        File.ReadAllBytes(Path.Combine(output, "scores.csv")).ShouldBe(File.ReadAllBytes(Path.Combine(campaign.Report, "scores.csv")));
    }

    [Fact]
    public void Run_DryRun_TellsThePlanAndWritesNothing()
    {
        string folder = campaign.NewFolder(), store = Path.Combine(folder, "store");
        string document = campaign.Write(SmallCampaign.Document);
        string[] arguments = ["campaign", "run", document, "--dry-run", "--out", Path.Combine(folder, "report"), "--threads", "2", "--json", "--store"];
        CommandRun fresh = CommandRun.Of([.. arguments, store]);
        fresh.ExitCode.ShouldBe(0, fresh.Error);
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
        Directory.GetFileSystemEntries(Path.GetDirectoryName(document)!).ShouldBe([document]);
        fresh.Json.GetProperty("id").GetString().ShouldBe(campaign.Id);
        fresh.Json.GetProperty("name").GetString().ShouldBe("small");
        JsonElement plan = fresh.Json.GetProperty("plan");
        (plan.GetProperty("datasets").GetInt32(), plan.GetProperty("scenarios").GetInt32(), plan.GetProperty("seeds").GetInt32(), plan.GetProperty("rows").GetInt32()).ShouldBe((1, 2, 2, 12));
        plan.GetProperty("total").GetProperty("all").GetInt32().ShouldBe(campaign.Summary.GetProperty("grains").GetInt32());
        plan.GetProperty("total").GetProperty("done").GetInt32().ShouldBe(0);
        plan.GetProperty("largest_mb").GetDouble().ShouldBeGreaterThan(0);
        plan.GetProperty("remaining_seconds").GetDouble().ShouldBe(plan.GetProperty("total_seconds").GetDouble());

        string copy = campaign.CopyStore();
        string[] before = [.. Listing(copy)];
        JsonElement done = CommandRun.Of([.. arguments, copy]).Json.GetProperty("plan");
        done.GetProperty("total").GetProperty("done").GetInt32().ShouldBe(done.GetProperty("total").GetProperty("all").GetInt32());
        done.GetProperty("remaining_seconds").GetDouble().ShouldBe(0);
        Listing(copy).ShouldBe(before);
        CommandRun told = CommandRun.Of("campaign", "run", document, "--dry-run", "--store", store);
        told.Output.ShouldContain("2 with their perturbations, 2 seeds, 12 runs");
    }

    [Fact]
    public void Run_OneMethodFails_Exits1AndTellsWhyEverywhere()
    {
        string document = campaign.Write(SmallCampaign.FailingDocument), store = Path.Combine(campaign.NewFolder(), "store"), output = campaign.NewFolder();
        string[] arguments = ["campaign", "run", document, "--store", store, "--out", output, "--json"];
        CommandRun run = CommandRun.Of(arguments);
        run.ExitCode.ShouldBe(1, run.Error);
        (run.Json.GetProperty("runs").GetInt32(), run.Json.GetProperty("failed_runs").GetInt32()).ShouldBe((2, 1));
        run.Json.GetProperty("results_digest").ValueKind.ShouldBe(JsonValueKind.Null);
        const string Why = "lower --neighbors to at most 143";
        run.Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain(Why);
        run.Error.ShouldContain(Why);
        JsonElement status = CommandRun.Of("campaign", "status", "failing", "--store", store, "--json").Json;
        status.GetProperty("failed").EnumerateArray().Select(f => f.GetProperty("error").GetString()).ShouldContain(e => e!.Contains(Why));
        CommandRun.Of("campaign", "status", "failing", "--store", store).Output.ShouldContain(Why);

        CommandRun again = CommandRun.Of("campaign", "resume", "failing", "--store", store, "--out", output);
        again.ExitCode.ShouldBe(1);
        again.Output.ShouldContain("1 of 2 runs failed");
    }

    [Theory]
    [InlineData("methods: [spami]", "methods: [spmi]", ":7: ", "spami")]
    [InlineData("seeds: 2", "seed: 2", ":8: ", "'seeds'")]
    [InlineData("noise: [0]", "noise: [-1]", ":6: ", "noise")]
    [InlineData("grid: 12", "grid: 13", ":4: ", "multiple")]
    [InlineData("name: bad", "name: [", ":", "")]
    [InlineData("methods: [spami]", "methods: [{ method: spami, parameters: { epochs: 0 } }]", ":7: ", "epochs is 0")]
    public void Run_DocumentWrong_Exits2WithFileAndLine(string right, string wrong, string line, string hint)
    {
        const string Template = "version: 1\nname: bad\ndatasets:\n  - { name: a, simulate: { grid: 12, modalities: [rna] } }\nperturbations:\n  - { noise: [0] }\nmethods: [spami]\nseeds: 2\n";
        Template.ShouldContain(right);
        string document = campaign.Write(Template.Replace(right, wrong, StringComparison.Ordinal)), store = Path.Combine(campaign.NewFolder(), "store");
        CommandRun run = CommandRun.Of("campaign", "run", document, "--store", store);
        run.ExitCode.ShouldBe(2, run.Output);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain($"campaign.yaml{line}");
        run.Error.ShouldContain(hint);
        Directory.Exists(store).ShouldBeFalse("a wrong document makes no store");
    }

    [Theory]
    [InlineData("--engine", "remote", "local")]
    [InlineData("--slots", "5", "between 1 and")]
    [InlineData("--threads", "0", "between 1 and 1024")]
    [InlineData("--memory-limit", "much", "--memory-limit")]
    [InlineData("--checkpoint-interval", "-1", "0 or more")]
    public void Run_EngineOptionOutOfRange_Exits2(string option, string value, string hint)
    {
        string store = Path.Combine(campaign.NewFolder(), "store");
        CommandRun run = CommandRun.Of(["campaign", "run", campaign.Write(SmallCampaign.Document), "--store", store, option, value, .. option == "--threads" ? Array.Empty<string>() : ["--threads", "2"]]);
        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain(hint);
        run.Error.ShouldContain(option);
        Directory.Exists(store).ShouldBeFalse();
    }

    [Fact]
    public void Run_FolderOfOtherThings_IsNotMadeAStore()
    {
        string folder = campaign.NewFolder();
        File.WriteAllText(Path.Combine(folder, "thesis.txt"), "x");
        CommandRun run = CommandRun.Of("campaign", "run", campaign.Write(SmallCampaign.Document), "--store", folder);
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(folder);
        Directory.GetFileSystemEntries(folder).Length.ShouldBe(1);
    }

    [Fact]
    public void Run_OutIsAFile_Exits2()
    {
        string taken = Path.Combine(campaign.NewFolder(), "taken");
        File.WriteAllText(taken, "x");
        CommandRun run = CommandRun.Of("campaign", "run", campaign.Write(SmallCampaign.Document), "--store", campaign.CopyStore(), "--out", taken);
        run.ExitCode.ShouldBe(2, run.Output);
        run.Error.ShouldContain("--out");
    }

    private static IEnumerable<string> Listing(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}").Order(StringComparer.Ordinal);
}
