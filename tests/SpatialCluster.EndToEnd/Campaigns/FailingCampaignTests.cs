using System.Text.Json;
using System.Text.RegularExpressions;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>One method fails; the others do not.</summary>
[Collection(CampaignCollection.Name)]
public sealed class FailingCampaignTests(CampaignWorkplace workplace)
{
    private const string Why = "cannot give every spot 150 joint neighbours";

    [Fact]
    public void Run_OneMethodFails_OthersAreDoneAndTheReasonIsToldEverywhere()
    {
        CampaignPlace place = workplace.Place(CampaignWorkplace.Failing);
        CliResult run = CliProcess.Run(place.Folder, place.Run());
        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldContain(Why);
        (run.Number("runs"), run.Number("failed_runs"), run.Number("missing_runs")).ShouldBe((4, 2, 0));
        run.Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain(Why);

        string page = File.ReadAllText(Path.Combine(place.Report, "report.html"));
        page.ShouldContain(Why);
        Regex.Matches(page, "(?:src|href|action)\\s*=\\s*[\"']?(?:https?:)?//|url\\(\\s*[\"']?(?:https?:)?//|@import").ShouldBeEmpty("the page must need nothing from elsewhere");
        JsonElement[] lines = [.. File.ReadLines(Path.Combine(place.Report, "runs.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
        lines.Count(line => line.ToString().Contains(Why, StringComparison.Ordinal)).ShouldBe(2);
        lines.Length.ShouldBe(4);
        JsonElement status = CliProcess.Run(place.Folder, place.Ask("status", "--json")).ShouldSucceed().Json;
        status.GetProperty("failed").EnumerateArray().Select(f => f.GetProperty("error").GetString()).ShouldAllBe(error => error!.Contains(Why));

        int errors = place.Files("grains", "error.txt").Count();
        errors.ShouldBeGreaterThan(0);
        CliResult again = CliProcess.Run(place.Folder, place.Resume());
        again.ExitCode.ShouldBe(1, again.Error);
        place.Files("grains", "error.txt").Count().ShouldBe(2 * errors, "what had failed was tried again");
        again.Json.GetProperty("outcome").GetProperty("done").GetInt32().ShouldBe(0);
    }
}
