using System.Text.RegularExpressions;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Tests.Planning;

/// <summary>
/// The campaigns that come with the program. A method that this build does not have is planned as another entry of SpaMI, so that the
/// documents are checked in any case; counts of grains are checked where all methods are there.
/// </summary>
public sealed class DeployedCampaignsTests : IDisposable
{
    private static readonly string[] s_methods = ["spami", "spatialglue", "wnn", "mofa", "pca", "random", "truth"];

    private readonly string _folder = Directory.CreateTempSubdirectory("campaign-deploy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Plan_Demo_IsSixtyRunsOfFiveMethods()
    {
        PlannedCampaign campaign = Plan("demo.yaml");
        campaign.Rows.Count.ShouldBe(60);
        PlanSummary.Of(campaign).Scenarios.ShouldBe(6);
        Counted(campaign, "slice").ShouldBe(6);
    }

    [SkippableFact]
    public void Plan_DemoWithAllMethods_HasOneRunPerSeedWhereSeedsCount()
    {
        RequireAll();
        PlannedCampaign campaign = Plan("demo.yaml");
        int runs = ((string[])["spami", "spatialglue", "wnn", "mofa", "pca"]).Sum(m => MethodCatalogue.Named(m).UsesSeed ? 12 : 6);
        Counted(campaign, "training-run").ShouldBe(runs);
        Counted(campaign, "evaluation").ShouldBe(runs);
        Counted(campaign, "modality").ShouldBeInRange(12, 60);

        // Under four minutes on two cores, with the rates of the forecast.
        PlanSummary.Of(campaign).TotalSeconds.ShouldBeLessThan(480);
    }

    [Fact]
    public void Plan_PaperNoise_IsEightSlicesAndAblationsOfOnePair()
    {
        PlannedCampaign campaign = Plan("paper-noise.yaml");
        Counted(campaign, "slice").ShouldBe(8);
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
        campaign.Rows.Select(r => r.DatasetType).Distinct().ShouldBe(["rna+adt", "protein+msi-peaks"]);
        campaign.Rows.Select(r => r.Clusterer).Distinct().ShouldBe(["leiden", "k-means"]);
        Directory.Move(Path.Combine(_folder, "data"), Path.Combine(_folder, "moved"));
        string text = Text("files.yaml").Replace("data/", "moved/", StringComparison.Ordinal);
        Plan(text, "files.yaml").Plan.ToJson().ShouldBe(campaign.Plan.ToJson());
    }

    private static void RequireAll() =>
        Skip.IfNot(Array.TrueForAll(s_methods, name => MethodCatalogue.All.Any(m => m.Name == name)), "this build lacks some of the methods");

    private static int Counted(PlannedCampaign campaign, string kind) => PlanSummary.Of(campaign).Kinds.Single(k => k.Name == kind).All;

    private PlannedCampaign Plan(string name) => Plan(Text(name), name);

    private PlannedCampaign Plan(string text, string name) =>
        CampaignPlanner.Plan(CampaignReader.Parse(text, name, new CampaignReadOptions { Folder = _folder }), new DigestOnly());

    private static string Text(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "deploy", "campaigns", name)))
            folder = Path.GetDirectoryName(folder);
        string text = File.ReadAllText(Path.Combine(folder.ShouldNotBeNull(), "deploy", "campaigns", name));
        foreach (string missing in s_methods.Where(m => MethodCatalogue.All.All(known => known.Name != m)))
        {
            text = Regex.Replace(text, $@"^  - {missing}$", $"  - {{ method: spami, label: {missing} }}", RegexOptions.Multiline);
            text = Regex.Replace(text, $@"^  - method: {missing}$", $"  - label: {missing}\n    method: spami", RegexOptions.Multiline);
            text = text.Replace("iterations:", "epochs:", StringComparison.Ordinal);
        }

        return text;
    }
}
