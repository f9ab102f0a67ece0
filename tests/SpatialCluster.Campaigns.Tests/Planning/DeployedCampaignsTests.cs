using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Campaigns.Tests.Planning;

/// <summary>The campaigns that come with the program, planned as they are.</summary>
public sealed class DeployedCampaignsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("campaign-deploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Plan_Demo_IsSixtyRowsOfFiveMethods()
    {
        PlannedCampaign campaign = Plan("demo.yaml");
        campaign.Rows.Count.ShouldBe(60);
        campaign.Notes.ShouldBeEmpty();
        PlanSummary summary = PlanSummary.Of(campaign);
        (summary.Datasets, summary.Scenarios, summary.Seeds).ShouldBe((2, 6, 2));
        Counts(campaign).ShouldBe([("slice", 6), ("modality", 51), ("training-run", 48), ("evaluation", 48), ("report", 1)]);

        // WNN and PCA draw nothing: one run for both seeds.
        summary.Methods.Select(m => (m.Name, m.All)).ShouldBe([("spami", 12), ("spatialglue", 12), ("wnn", 6), ("mofa", 12), ("pca", 6)]);

        // Under four minutes on two cores, with the rates of the forecast.
        summary.TotalSeconds.ShouldBeLessThan(480);
    }

    [Fact]
    public void Plan_PaperNoise_IsEightSlicesAndAblationsOfOnePair()
    {
        PlannedCampaign campaign = Plan("paper-noise.yaml");
        Counts(campaign).ShouldBe([("slice", 8), ("modality", 68), ("training-run", 244), ("evaluation", 244), ("report", 1)]);
        PlanSummary.Of(campaign).Methods.Select(m => (m.Name, m.All))
            .ShouldBe([("spami", 100), ("spatialglue", 40), ("mofa", 40), ("wnn", 8), ("pca", 8), ("random", 40), ("truth", 8)]);
        campaign.Rows.Count(r => !r.Ablation).ShouldBe(8 * 7 * 5);
        campaign.Rows.Count(r => r.Ablation).ShouldBe(4 * 3 * 5);
        campaign.Rows.Where(r => r.Ablation).Select(r => (r.Dataset, r.Variant)).Distinct()
            .ShouldBe([("rna+protein", "no contrastive"), ("rna+protein", "no cosine"), ("rna+protein", "concatenation")]);
    }

    [Fact]
    public void Plan_Files_PlansDataOfOnesOwn()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "data"));
        foreach (string file in (string[])["spleen_rna.h5ad", "spleen_adt.h5ad", "tonsil_protein.csv", "tonsil_metabolites.csv", "tonsil_places.csv"])
            File.WriteAllText(Path.Combine(_folder, "data", file), $"spot,x,y\n{file},1,2\nb,3,4\n");
        PlannedCampaign campaign = Plan("files.yaml");
        campaign.Plan.Inputs.Count.ShouldBe(5);
        Counts(campaign).ShouldBe([("slice", 6), ("modality", 16), ("training-run", 74), ("evaluation", 148), ("report", 1)]);
        campaign.Rows.Select(r => r.DatasetType).Distinct().ShouldBe(["rna+adt", "protein+msi-peaks"]);
        campaign.Rows.Select(r => r.Clusterer).Distinct().ShouldBe(["leiden", "k-means"]);
        Directory.Move(Path.Combine(_folder, "data"), Path.Combine(_folder, "moved"));
        string text = Text("files.yaml").Replace("data/", "moved/", StringComparison.Ordinal);
        Plan(text, "files.yaml").Plan.ToJson().ShouldBe(campaign.Plan.ToJson());
    }

    private static (string, int)[] Counts(PlannedCampaign campaign) => [.. PlanSummary.Of(campaign).Kinds.Select(k => (k.Name, k.All))];

    private PlannedCampaign Plan(string name) => Plan(Text(name), name);

    private PlannedCampaign Plan(string text, string name) =>
        CampaignPlanner.Plan(CampaignReader.Parse(text, name, new CampaignReadOptions { Folder = _folder }), new DigestOnly());

    private static string Text(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "deploy", "campaigns", name)))
            folder = Path.GetDirectoryName(folder);
        return File.ReadAllText(Path.Combine(folder.ShouldNotBeNull(), "deploy", "campaigns", name));
    }
}
