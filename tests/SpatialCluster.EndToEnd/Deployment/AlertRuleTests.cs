using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SpatialCluster.EndToEnd.Architecture;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>Alert rules are what Prometheus takes, fire when they should, and each is explained.</summary>
[Collection(ChartCollection.Name)]
public sealed class AlertRuleTests(Chart chart)
{
    private static readonly Regex Alert = new(@"^ +- alert: (?<name>\w+)$", RegexOptions.Multiline);
    private static readonly Regex Section = new(@"^#{2,4} +(?<name>SpatialCluster\w+) *$", RegexOptions.Multiline);
    private static readonly Regex Runbook = new(@"^ +runbook_url: (?<file>[^#\s]+)#(?<anchor>\S+)$", RegexOptions.Multiline);

    private static string Rules => File.ReadAllText(Checkout.PathOf("deploy/prometheus/alerts.yaml"));

    private static IReadOnlyList<string> Names => [.. Alert.Matches(Rules).Select(match => match.Groups["name"].Value)];

    [SkippableFact]
    public void Rules_ByPromtool_AreRight() =>
        Tool.Run(Tool.Require("prometheus", "promtool"), ["check", "rules", Checkout.PathOf("deploy/prometheus/alerts.yaml")]).ShouldSucceed();

    [SkippableFact]
    public void Rules_ByTheirUnitTests_FireWhenTheyShould() =>
        Tool.Run(Tool.Require("prometheus", "promtool"), ["test", "rules", Checkout.PathOf("deploy/prometheus/alerts.test.yaml")]).ShouldSucceed();

    [SkippableFact]
    public void Configuration_ByPromtool_IsRight() =>
        Tool.Run(Tool.Require("prometheus", "promtool"), ["check", "config", "--syntax-only", Checkout.PathOf("deploy/prometheus/prometheus.yml")]).ShouldSucceed();

    // Once where it fires, with its labels, and once where it does not.
    [Fact]
    public void UnitTests_OfEveryAlert_HaveItFireAndNot()
    {
        string tests = File.ReadAllText(Checkout.PathOf("deploy/prometheus/alerts.test.yaml"));
        Names.Count.ShouldBeGreaterThan(10);
        Names.Where(name => !Regex.IsMatch(tests, $@"alertname: {name}\n +exp_alerts:\n +- exp_labels")).ShouldBeEmpty();
        Names.Where(name => !Regex.IsMatch(tests, $@"alertname: {name}, exp_alerts: \[\]")).ShouldBeEmpty();
    }

    [Fact]
    public void Alerts_All_AreExplainedWhereTheirRunbookSays()
    {
        string operations = File.ReadAllText(Checkout.PathOf("docs/operations.md"));
        Section.Matches(operations).Select(match => match.Groups["name"].Value).Order().ShouldBe(Names.Order());
        Runbook.Matches(Rules).Select(match => match.Groups["anchor"].Value).ShouldBe(Names.Select(name => name.ToLowerInvariant()));
        Runbook.Matches(Rules).Select(match => match.Groups["file"].Value).ShouldAllBe(file => file == "docs/operations.md");
    }

    [SkippableFact]
    public void Rules_OfTheChart_AreThese()
    {
        JsonNode spec = chart.RenderExample("everything-values.yaml").Of("PrometheusRule").ShouldHaveSingleItem().Object["spec"]!;
        spec["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => (string)rule!["alert"]!).ShouldBe(Names);
        // Prometheus fills these in, not Helm.
        ((string)spec["groups"]![0]!["rules"]![0]!["annotations"]!["summary"]!).ShouldBe("Silo {{ $labels.instance }} does not answer.");
    }
}
