using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Campaigns.Tests.Planning;

public sealed class PlanPropertyTests
{
    private const string Document =
        """
        {
          "version": 1, "name": "mixed", "description": "any order",
          "datasets": [
            { "name": "a", "domains": 4, "simulate": { "modalities": { "rna": { "features": 200, "shape": 5 }, "adt": { "like": "protein" } }, "grid": "12x12", "seed": 1 } },
            { "name": "b", "simulate": { "modalities": ["atac", "rna"], "grid": 12 } }
          ],
          "perturbations": [{ "noise": [0, 0.5] }, { "dropout": [0.1], "seed": 2, "modalities": ["rna"] }, { "without": ["rna"] }],
          "preprocessing": { "rna": { "components": 10, "min-spots": 2 }, "adt": { "min-spots": 1 } },
          "methods": [
            { "method": "spami", "parameters": { "epochs": 3, "dropout": 0.2, "neighbors": 4 }, "ablations": [{ "name": "x", "parameters": { "cosine": false, "fusion": "concatenation" } }] },
            { "method": "spami", "label": "two", "datasets": ["b"] }
          ],
          "seeds": [3, 1],
          "evaluation": { "clusterer": "leiden", "neighbors": 15, "umap": "all" }
        }
        """;

    private static readonly Gen<int> s_draws = Gen.Choose(0, int.MaxValue - 1);

    private static readonly byte[] s_plan = Bytes(Document);

    [Fact]
    public void Plan_KeysInAnyOrderWithComments_IsTheSameToTheByte() =>
        Prop.ForAll(s_draws.ToArbitrary(), draw => s_plan.AsSpan().SequenceEqual(Bytes(Shuffled(draw)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Plan_OtherNamesAndOrderOfLists_KeepsTheKeysOfAllWork() =>
        Prop.ForAll(s_draws.ToArbitrary(), draw =>
        {
            JsonObject document = JsonNode.Parse(Document)!.AsObject();
            document["description"] = $"another {draw}";
            foreach (string list in (string[])["datasets", "methods", "perturbations", "seeds"])
                document[list] = Shuffle(document[list]!.AsArray(), new Random(draw));
            return Work(document.ToJsonString()).SetEquals(Work(Document));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ToJson_ReadBackAndSpecsParsed_GivesTheSame()
    {
        PlannedCampaign campaign = Plan(Document);
        CampaignPlan.Parse(s_plan, "plan.json").ToJson().ShouldBe(s_plan);
        foreach ((GrainKey key, GrainSpec spec) in campaign.Specs)
        {
            GrainSpec parsed = key.Kind switch
            {
                SliceSpec.KindName => SliceSpec.Parse(spec.Json),
                ModalitySpec.KindName => ModalitySpec.Parse(spec.Json),
                TrainingRunSpec.KindName => TrainingRunSpec.Parse(spec.Json),
                EvaluationSpec.KindName => EvaluationSpec.Parse(spec.Json),
                _ => ReportSpec.Parse(spec.Json),
            };
            parsed.Key.ShouldBe(key);
        }
    }

    private static string Shuffled(int draw)
    {
        var random = new Random(draw);
        string[] lines = ShuffleKeys(JsonNode.Parse(Document)!, random).ToJsonString(new JsonSerializerOptions { WriteIndented = true }).Split('\n');
        var text = new StringBuilder();
        foreach (string line in lines)
            text.Append(line).Append(random.Next(3) == 0 ? $"  # {random.Next()}" : "").Append('\n');
        return text.ToString();
    }

    private static JsonNode ShuffleKeys(JsonNode node, Random random) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(_ => random.Next()).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)ShuffleKeys(p.Value!, random))).ToArray()),
        JsonArray list => new JsonArray([.. list.Select(item => ShuffleKeys(item!, random))]),
        _ => node.DeepClone(),
    };

    private static JsonArray Shuffle(JsonArray list, Random random) => new([.. list.Select(item => item!.DeepClone()).OrderBy(_ => random.Next())]);

    // Layouts are of the first seed alone, and the report knows the order of rows: `umap: all` and leaving out the report leave the rest.
    private static HashSet<GrainKey> Work(string text) => [.. Plan(text).Specs.Keys.Where(k => k.Kind != ReportSpec.KindName)];

    private static byte[] Bytes(string text) => Plan(text).Plan.ToJson();

    private static PlannedCampaign Plan(string text) => CampaignPlanner.Plan(CampaignReader.Parse(text, "a.yaml"), new DigestOnly());
}
