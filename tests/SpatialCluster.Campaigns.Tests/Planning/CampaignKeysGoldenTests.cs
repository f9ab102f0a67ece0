using System.Text.Json;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Tests;

namespace SpatialCluster.Campaigns.Tests.Planning;

/// <summary>
/// Keys of one small campaign. Results in stores are found by them: where these move although no version was raised, every campaign
/// there is would be run again. They were recorded with the versions of kinds and of SpaMI that stand beside them.
/// </summary>
public sealed class CampaignKeysGoldenTests
{
    private const string Document =
        """
        name: golden
        datasets:
          - name: drawn
            simulate: { modalities: [rna, { name: adt, like: protein, features: 60 }], grid: 12x18, seed: 3 }
          - name: loaded
            modalities:
              rna: { file: rna.csv, features-in-rows: true }
              msi: { file: msi.csv, measures: metabolite }
            coordinates: xy.csv:x,y
            domains: 3
        perturbations:
          - noise: [0, 0.25]
            seed: 7
          - depth: [0.5]
            modalities: [rna]
          - without: [rna]
        preprocessing: { adt: { min-spots: 5 } }
        methods:
          - method: spami
            preset: paper/simulated
            parameters: { epochs: 20 }
            ablations: [{ name: concatenation, parameters: { fusion: concatenation } }]
        seeds: [0, 5]
        evaluation: [{ neighbors: 20 }, { clusterer: k-means, domains: 4 }]
        """;

    [Fact]
    public void Plan_SmallDocument_HasTheRecordedKeys()
    {
        string folder = Directory.CreateTempSubdirectory("campaign-golden-").FullName;
        try
        {
            foreach (string file in (string[])["rna.csv", "msi.csv", "xy.csv"])
                File.WriteAllText(Path.Combine(folder, file), $"{file},x,y\na,1,2\nb,3,4\n");
            CampaignDocument document = CampaignReader.Parse(Document, "golden.yaml", new CampaignReadOptions { Folder = folder });
            CampaignPlan plan = CampaignPlanner.Plan(document, new DigestOnly()).Plan;
            string[] keys = [plan.Id, .. plan.Grains.Select(g => g.Key.ToString())];
            var golden = GoldenFile.Open("campaign_keys.json");
            golden.At("spami-version").GetInt32().ShouldBe(MethodCatalogue.SpaMi.Version);
            string[] recorded = [.. golden.At("keys").EnumerateArray().Select(k => k.GetString()!)];
            keys.ShouldBe(recorded, $"recorded are {recorded.Length} keys; now they are\n{JsonSerializer.Serialize(keys)}\n");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
