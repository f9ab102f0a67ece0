using System.Text.Json.Nodes;
using SpatialCluster.EndToEnd.Architecture;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>Dashboards are whole, and their queries are what Prometheus takes.</summary>
public sealed class GrafanaDashboardTests
{
    public static TheoryData<string> Dashboards => [.. Checkout.Files("deploy/grafana/dashboards", ".json")];

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void Panels_OfADashboard_AreWhole(string file)
    {
        JsonNode dashboard = Read(file);
        JsonNode[] panels = Panels(dashboard);
        panels.Select(panel => (int)panel["id"]!).ShouldBeUnique();
        panels.Select(panel => (string)panel["title"]!).ShouldBeUnique();
        panels.SelectMany(panel => panel["targets"]!.AsArray()).ShouldAllBe(target => (string)target!["datasource"]!["uid"]! == "prometheus");
        // On a grid of 24 columns, and none over another.
        (int X, int Y, int W, int H)[] places = [.. panels.Select(panel => panel["gridPos"]!).Select(p => ((int)p["x"]!, (int)p["y"]!, (int)p["w"]!, (int)p["h"]!))];
        places.ShouldAllBe(p => p.X + p.W <= 24);
        places.SelectMany(p => Enumerable.Range(0, p.W * p.H).Select(cell => (p.X + (cell % p.W), p.Y + (cell / p.W)))).ShouldBeUnique();
    }

    [Fact]
    public void Names_OfAllDashboards_AreTheirOwn()
    {
        JsonNode[] all = [.. Checkout.Files("deploy/grafana/dashboards", ".json").Select(Read)];
        all.Length.ShouldBe(4);
        all.Select(dashboard => (string)dashboard["uid"]!).ShouldBeUnique();
        all.Select(dashboard => (string)dashboard["title"]!).ShouldBeUnique();
        File.ReadAllText(Checkout.PathOf("deploy/grafana/provisioning/datasources/prometheus.yaml")).ShouldContain("uid: prometheus\n");
    }

    [SkippableTheory]
    [MemberData(nameof(Dashboards))]
    public void Queries_OfADashboard_AreWhatPrometheusTakes(string file)
    {
        string[] queries = [.. Panels(Read(file)).SelectMany(panel => panel["targets"]!.AsArray()).Select(target => ((string)target!["expr"]!).Replace("$silo", ".*", StringComparison.Ordinal))];
        queries.ShouldNotBeEmpty();
        PrometheusQueries.ShouldBeRight(queries);
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Checkout.PathOf(file)))!;

    private static JsonNode[] Panels(JsonNode dashboard) => [.. dashboard["panels"]!.AsArray().Select(panel => panel!)];
}
