using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Tests.Planning;

public sealed class CampaignPlannerTests
{
    private const string Two =
        """
        name: two
        datasets:
          - { name: rna+protein, simulate: { modalities: [rna, protein], grid: 12 } }
          - { name: rna+atac, simulate: { modalities: [rna, atac], grid: 12 } }
        perturbations: [{ noise: [0, 0.4, 0.8] }]
        methods: [spami]
        seeds: 2

        """;

    [Fact]
    public void Plan_VariantsOfOneMethod_ShareSlicesAndModalities()
    {
        PlannedCampaign campaign = Plan(Two.Replace(
            "[spami]", "[spami, { method: spami, label: short, parameters: { epochs: 5 }, ablations: [{ name: no cosine, parameters: { cosine: off } }] }]", StringComparison.Ordinal));
        Counts(campaign).ShouldBe([("slice", 6), ("modality", 12), ("training-run", 36), ("evaluation", 36), ("report", 1)]);
        campaign.Rows.Count.ShouldBe(36);
        campaign.Rows.Select(r => (r.Variant, r.Ablation)).Distinct().ShouldBe([("", false), ("short", false), ("short, no cosine", true)]);
        campaign.Rows.Where(r => r.Level == 0).ShouldAllBe(r => r.Perturbation == "none");
    }

    [Fact]
    public void Plan_MethodThatDrawsNothing_HasOneRunForAllSeeds()
    {
        PlannedCampaign campaign = Plan(Two, new FakeMethod("still", usesSeed: false).Entry);
        Counts(campaign).ShouldBe([("slice", 6), ("modality", 12), ("training-run", 6), ("evaluation", 6), ("report", 1)]);
        campaign.Rows.Count.ShouldBe(12);
        campaign.Rows.Select(r => r.Seed).Distinct().ShouldBe([0ul, 1ul]);
        campaign.Specs.Values.OfType<EvaluationSpec>().ShouldAllBe(e => e.Umap);
    }

    [Fact]
    public void Plan_OrderOfGrains_IsTopologicalWithFirstSeedFirst()
    {
        PlannedCampaign campaign = Plan(Two);
        var seen = new HashSet<GrainKey>();
        foreach (PlannedGrain grain in campaign.Plan.Grains)
        {
            grain.Inputs.ShouldAllBe(input => seen.Contains(input));
            seen.Add(grain.Key).ShouldBeTrue();
        }

        campaign.Plan.Grains[^1].Key.ShouldBe(campaign.Plan.Report);
        campaign.Rows.Take(6).ShouldAllBe(r => r.Seed == 0);
        campaign.Plan.Grains.Select(g => g.Key).ShouldBe(campaign.Specs.Keys, ignoreOrder: true);
        campaign.Specs.ShouldAllBe(s => s.Key == s.Value.Key);
    }

    [Fact]
    public void Plan_FirstSeedIsLaidOut_AndOthersAreNot()
    {
        PlannedCampaign campaign = Plan(Two);
        foreach (ReportRow row in campaign.Rows)
            ((EvaluationSpec)campaign.Specs[row.Evaluation]).Umap.ShouldBe(row.Seed == 0);
        Plan(Two + "evaluation: { umap: none }").Specs.Values.OfType<EvaluationSpec>().ShouldAllBe(e => !e.Umap);
    }

    [Fact]
    public void Plan_ModalityTakenAway_NeedsNoNewSliceNorModality()
    {
        PlannedCampaign campaign = Plan(Two.Replace("{ noise: [0, 0.4, 0.8] }", "none, { without: [rna, protein, atac] }", StringComparison.Ordinal));
        Counts(campaign).ShouldBe([("slice", 2), ("modality", 4), ("training-run", 12), ("evaluation", 12), ("report", 1)]);
        campaign.Rows.Select(r => (r.Dataset, r.Without)).Distinct().ShouldBe(
            [("rna+protein", ""), ("rna+protein", "rna"), ("rna+protein", "protein"), ("rna+atac", ""), ("rna+atac", "rna"), ("rna+atac", "atac")]);
    }

    [Fact]
    public void Plan_NoiseOfTheWholeSlice_IsTheSimulationsOwn()
    {
        SliceSpec[] slices = Slices(Two);
        slices.Select(s => s.Simulation!.Options.NoiseLevel).ShouldBe([0, 0.4, 0.8, 0, 0.4, 0.8]);
        slices.ShouldAllBe(s => s.Perturbations.Count == 0);
        SliceSpec partly = Slices(Two.Replace("noise: [0, 0.4, 0.8]", "noise: [0.4], modalities: [protein], seed: 3", StringComparison.Ordinal))[0];
        partly.Simulation!.Options.NoiseLevel.ShouldBe(0);
        partly.Perturbations.ShouldHaveSingleItem().Json.ToJsonString().ShouldBe(new Perturbation("noise", 0.4, ["protein"], 3).Json.ToJsonString());
    }

    [Fact]
    public void Plan_ComponentsOfThePreset_AreAWishAndOthersAnOrder()
    {
        ModalitySpec Rna(string text) => Plan(text).Specs.Values.OfType<ModalitySpec>().First(m => m.Modality == "rna");
        Rna(Two).Preprocessing.FewerComponents.ShouldBeTrue();
        ModalitySpec ordered = Rna(Two + "preprocessing: { rna: { components: 20, hvg: all } }");
        ordered.Preprocessing.Components.ShouldBe(20);
        ordered.Preprocessing.FewerComponents.ShouldBeFalse();
        Rna(Two + "preprocessing: { rna: { components: none } }").Preprocessing.Components.ShouldBeNull();
        Rna(Two + "preprocessing: { rna: { recipe: protein } }").Preprocessing.ShouldBeOfType<Data.Preprocessing.ProteinPreprocessingOptions>();
    }

    [Theory]
    [InlineData("preprocessing: { protein: { hvg: 5 } }", "means nothing to the recipe 'protein'")]
    [InlineData("preprocessing: { rna: { recipe: atac, components: none } }", "is 'none'; it must be at least 1")]
    [InlineData("preprocessing: { rna: { recipe: none, components: 3 } }", "takes values as they are")]
    public void Plan_PreprocessingThatMakesNoSense_IsRefusedWithItsLine(string line, string sentence)
    {
        string message = Should.Throw<BadInputException>(() => Plan(Two + line)).Message;
        message.ShouldStartWith("a.yaml:8: preprocessing.");
        message.ShouldContain(sentence);
    }

    [Fact]
    public void Plan_DomainsOfTheDataset_GoBeforeTheEvaluations()
    {
        string text = Two.Replace("{ name: rna+atac,", "{ name: rna+atac, domains: 7,", StringComparison.Ordinal);
        int?[] Domains(string rest) => [.. Plan(text + rest).Specs.Values.OfType<EvaluationSpec>().Select(e => e.Clustering.Domains).Distinct()];
        Domains("").ShouldBe([null, 7]);
        Domains("evaluation: { domains: 4 }").ShouldBe([4, 7]);
        Domains("evaluation: { resolution: 0.5 }").ShouldBe([null]);
    }

    [Fact]
    public void Plan_JointNeighbourhood_IsLeftToLeiden()
    {
        MethodEntry joint = new FakeMethod("joint", givesEmbedding: false).Entry;
        PlannedCampaign campaign = Plan(Two + "evaluation: [leiden, k-means]", joint, new FakeMethod("other").Entry);
        campaign.Rows.Select(r => (r.Method, r.Clusterer)).Distinct().ShouldBe([("joint", "leiden"), ("other", "leiden"), ("other", "k-means")]);
        campaign.Notes.ShouldHaveSingleItem().ShouldContain("k-means cannot cluster");
        Should.Throw<BadInputException>(() => Plan(Two + "evaluation: gmm", joint)).Message.ShouldStartWith("a.yaml:9: methods[0] (JOINT) runs nowhere");
    }

    [Fact]
    public void Plan_MethodThatSeesTheTruth_IsLeftOutWhereThereIsNone()
    {
        string folder = Directory.CreateTempSubdirectory("campaign-truth-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "rna.csv"), "spot,g\na,1\nb,2\n");
            string text = "name: a\ndatasets:\n  - { name: known, simulate: { modalities: [rna] } }\n  - { name: unknown, modalities: { rna: { file: rna.csv } } }\nmethods: [spami]\n";
            CampaignDocument Read(string rest) => CampaignReader.Parse(text + rest, "a.yaml", new CampaignReadOptions { Folder = folder });
            MethodEntry seer = new FakeMethod("seer", seesTruth: true).Entry;
            PlannedCampaign campaign = CampaignPlanner.Plan(Read("") with { Methods = [seer, new FakeMethod("other").Entry] }, new DigestOnly());
            campaign.Rows.Select(r => (r.Dataset, r.Method)).ShouldBe([("known", "seer"), ("known", "other"), ("unknown", "other")]);
            campaign.Notes.ShouldContain(n => n.Contains("SEER is shown the truth", StringComparison.Ordinal));
            campaign.Notes.ShouldContain(n => n.Contains("Leiden takes resolution 1", StringComparison.Ordinal));
            Should.Throw<BadInputException>(() => CampaignPlanner.Plan(Read("") with { Methods = [seer with { Datasets = ["unknown"] }] }, new DigestOnly()))
                .Message.ShouldContain("runs nowhere");
            Should.Throw<BadInputException>(() => CampaignPlanner.Plan(Read("evaluation: gmm\n"), new DigestOnly())).Message.ShouldStartWith("a.yaml:6: evaluation wants gmm");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Plan_TwoEvaluationsByOneClusterer_AreToldApart() =>
        Plan(Two + "evaluation: [leiden, { resolution: 0.5 }, { domains: 3 }, gmm]").Rows.Select(r => r.Clusterer).Distinct()
            .ShouldBe(["leiden", "leiden resolution 0.5", "leiden 3 domains", "gmm"]);

    [Theory]
    [InlineData("[{ noise: [0.1] }, { noise: [0.1] }]", "brings rna+protein noise 0.1 a second time")]
    [InlineData("[{ dropout: [0.1], modalities: [protein], datasets: [rna+atac] }]", "concerns no dataset")]
    public void Plan_PerturbationsThatMakeNoSense_AreRefused(string perturbations, string sentence) =>
        Should.Throw<BadInputException>(() => Plan(Two.Replace("[{ noise: [0, 0.4, 0.8] }]", perturbations, StringComparison.Ordinal))).Message.ShouldContain(sentence);

    [Fact]
    public void Plan_NoiseOnTopOfNoise_IsRefused() =>
        Should.Throw<BadInputException>(() => Plan(Two.Replace("grid: 12 }", "grid: 12, noise: 0.2 }", StringComparison.Ordinal))).Message.ShouldContain("noise 0.2 of its own");

    [Fact]
    public void Plan_TooManyRows_IsRefusedBeforeTheyAreMade() =>
        Should.Throw<BadInputException>(() => Plan(Two.Replace("seeds: 2", "seeds: 1000", StringComparison.Ordinal)
            .Replace("[0, 0.4, 0.8]", $"[{string.Join(", ", Enumerable.Range(1, 50))}]", StringComparison.Ordinal))).Message.ShouldContain("comes to 100,000 runs");

    [Fact]
    public void Summary_OfAPlan_CountsWhatIsDone()
    {
        PlannedCampaign campaign = Plan(Two);
        var none = PlanSummary.Of(campaign);
        none.Kinds.Select(k => (k.Name, k.All, k.Done)).ShouldBe([("slice", 6, 0), ("modality", 12, 0), ("training-run", 12, 0), ("evaluation", 12, 0), ("report", 1, 0)]);
        none.Methods.ShouldBe([new PlanCount("spami", 12, 0)]);
        (none.Datasets, none.Scenarios, none.Seeds, none.Rows).ShouldBe((2, 6, 2, 12));
        none.RemainingSeconds.ShouldBe(none.TotalSeconds);
        none.CriticalPathSeconds.ShouldBeInRange(1, none.TotalSeconds);
        none.Largest!.ForecastBytes.ShouldBe(campaign.Plan.Grains.Max(g => g.ForecastBytes));

        var some = PlanSummary.Of(campaign, key => key.Kind is "slice" or "modality");
        some.Total.ShouldBe(new PlanCount("grains", 43, 18));
        some.RemainingSeconds.ShouldBe(campaign.Plan.Grains.Where(g => g.Key.Kind is not ("slice" or "modality")).Sum(g => g.ForecastSeconds));
        PlanSummary.Of(campaign, _ => true).CriticalPathSeconds.ShouldBe(0);
        PlanSummary.Of(campaign, _ => true).Largest.ShouldBeNull();
    }

    private static PlannedCampaign Plan(string text, params MethodEntry[] methods)
    {
        CampaignDocument document = CampaignReader.Parse(text, "a.yaml");
        return CampaignPlanner.Plan(methods.Length == 0 ? document : document with { Methods = methods }, new DigestOnly());
    }

    private static SliceSpec[] Slices(string text)
    {
        PlannedCampaign campaign = Plan(text);
        return [.. campaign.Plan.Grains.Select(g => campaign.Specs[g.Key]).OfType<SliceSpec>()];
    }

    private static (string, int)[] Counts(PlannedCampaign campaign) => [.. PlanSummary.Of(campaign).Kinds.Select(k => (k.Name, k.All))];
}
