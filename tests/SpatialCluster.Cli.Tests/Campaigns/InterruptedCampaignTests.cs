using System.Text.Json;

namespace SpatialCluster.Cli.Tests.Campaigns;

/// <summary>A campaign that was stopped half-way.</summary>
public sealed class InterruptedCampaignTests(SmallCampaign campaign) : IClassFixture<SmallCampaign>
{
    [Fact]
    public void Run_Cancelled_IsToldReportedAndResumed()
    {
        string store = Path.Combine(campaign.NewFolder(), "store"), output = campaign.NewFolder();
        using var source = new CancellationTokenSource();
        using var error = new CancellingWriter("(epoch ", source);
        CommandRun stopped = CommandRun.With(
            context => context with { Error = error, Cancellation = source.Token, Clock = new SteppingClock(TimeSpan.FromSeconds(10)) },
            "campaign", "run", campaign.Write(SmallCampaign.Document), "--store", store, "--out", output, "--threads", "1", "--json");
        stopped.ExitCode.ShouldBe(3, error.ToString());
        stopped.Output.ShouldBeEmpty();
        error.ToString().ShouldContain($"campaign resume {campaign.Id} --store {store}");
        Directory.GetFiles(output).ShouldBeEmpty();

        JsonElement status = CommandRun.Of("campaign", "status", "small", "--store", store, "--json").Json;
        int all = status.GetProperty("grains").GetInt32(), done = status.GetProperty("done").GetInt32();
        done.ShouldBeInRange(1, all - 1);
        (status.GetProperty("waiting").GetInt32(), status.GetProperty("running").GetArrayLength(), status.GetProperty("cancelled").GetBoolean()).ShouldBe((all - done, 0, false));
        CommandRun.Of("campaign", "status", "--store", store).Output.ShouldContain(campaign.Id);

        CommandRun report = CommandRun.Of("campaign", "report", campaign.Id, "--store", store, "--out", output, "--json");
        report.ExitCode.ShouldBe(0, report.Error);
        report.Json.GetProperty("missing_runs").GetInt32().ShouldBeInRange(1, 12);
        report.Json.GetProperty("results_digest").ValueKind.ShouldBe(JsonValueKind.Null);
        report.Json.TryGetProperty("outcome", out _).ShouldBeFalse();
        File.ReadLines(Path.Combine(output, "runs.jsonl")).Count().ShouldBe(12);

        CommandRun cancelled = CommandRun.Of("campaign", "cancel", "small", "--store", store);
        (cancelled.ExitCode, cancelled.Output.Trim()).ShouldBe((0, $"{campaign.Id} is asked to stop."));
        CommandRun.Of("campaign", "cancel", "small", "--store", store).Output.ShouldContain("before");
        CommandRun.Of("campaign", "status", "small", "--store", store, "--json").Json.GetProperty("cancelled").GetBoolean().ShouldBeTrue();

        CommandRun resumed = CommandRun.Of("campaign", "resume", "sma", "--store", store, "--out", output, "--threads", "2", "--json");
        resumed.ExitCode.ShouldBe(0, resumed.Error);
        resumed.Json.GetProperty("results_digest").GetString().ShouldBe(campaign.Digest);
        resumed.Json.GetProperty("outcome").GetProperty("reused").GetInt32().ShouldBe(done);
        JsonElement complete = CommandRun.Of("campaign", "status", "small", "--store", store, "--json").Json;
        (complete.GetProperty("done").GetInt32(), complete.GetProperty("cancelled").GetBoolean()).ShouldBe((all, false));
        CommandRun.Of("campaign", "status", "--store", store).Output.ShouldContain("complete");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("resume")]
    [InlineData("cancel")]
    [InlineData("report")]
    [InlineData("delete")]
    public void Command_UnknownCampaign_Exits2WithASuggestion(string command)
    {
        CommandRun run = CommandRun.Of("campaign", command, "smal1", "--store", campaign.Store);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("There is no campaign 'smal1'");
        run.Error.ShouldContain(campaign.Id);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("resume", "small")]
    [InlineData("cancel", "small")]
    [InlineData("report", "small")]
    [InlineData("delete", "small")]
    public void Command_NoStore_Exits2AndMakesNone(string command, params string[] more)
    {
        string store = Path.Combine(campaign.NewFolder(), "store");
        CommandRun run = CommandRun.Of(["campaign", command, .. more, "--store", store]);
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(store);
        Directory.Exists(store).ShouldBeFalse();
    }

    [Fact]
    public void Delete_OfTwoThatShare_LeavesWhatTheOtherHas()
    {
        string store = campaign.CopyStore();
        string other = campaign.Write(SmallCampaign.Document.Replace("name: small", "name: other", StringComparison.Ordinal));
        CommandRun shared = CommandRun.Of("campaign", "run", other, "--store", store, "--out", campaign.NewFolder(), "--json");
        shared.ExitCode.ShouldBe(0, shared.Error);
        shared.Json.GetProperty("outcome").GetProperty("done").GetInt32().ShouldBeLessThanOrEqualTo(1, "all but the report is shared");

        JsonElement dry = CommandRun.Of("campaign", "delete", "small", "--store", store, "--grace", "0", "--dry-run", "--json").Json;
        dry.GetProperty("dry_run").GetBoolean().ShouldBeTrue();
        CommandRun.Of("campaign", "status", "small", "--store", store).ExitCode.ShouldBe(0);
        JsonElement first = CommandRun.Of("campaign", "delete", "small", "--store", store, "--grace", "0", "--json").Json;
        first.GetProperty("campaigns").EnumerateArray().Select(c => c.GetString()).ShouldBe([campaign.Id]);
        first.GetProperty("bytes").GetInt64().ShouldBe(dry.GetProperty("bytes").GetInt64());
        CommandRun.Of("campaign", "status", "small", "--store", store).ExitCode.ShouldBe(2);
        JsonElement left = CommandRun.Of("campaign", "status", "other", "--store", store, "--json").Json;
        left.GetProperty("done").GetInt32().ShouldBe(left.GetProperty("grains").GetInt32());

        CommandRun second = CommandRun.Of("campaign", "delete", "other", "--store", store, "--grace", "0");
        second.ExitCode.ShouldBe(0, second.Error);
        second.Output.ShouldContain("were freed");
        Directory.GetFiles(Path.Combine(store, "blobs"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        CommandRun.Of("campaign", "status", "--store", store).Output.ShouldContain("No campaign was run");
    }
}
