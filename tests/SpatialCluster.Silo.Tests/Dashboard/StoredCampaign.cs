using System.Text;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Silo.Tests.Dashboard;

/// <summary>A campaign in a store in memory, whose grains are really run, one after another, as far as a test wants.</summary>
public sealed class StoredCampaign
{
    /// <summary>Two methods that train and three that do not, on a small tissue as it is and with noise.</summary>
    public const string Whole =
        """
        name: noise-on-a-small-tissue
        description: What noise does to five methods, on 144 spots.
        datasets:
          - name: drawn
            simulate: { modalities: [{ name: rna, like: rna, features: 120 }, { name: protein, like: protein, features: 30 }], grid: 12, seed: 3 }
        perturbations:
          - noise: [0, 0.6]
        methods:
          - { method: spami, parameters: { epochs: 12 } }
          - wnn
          - pca
          - random
          - truth
        seeds: 2
        evaluation: { neighbors: 20, umap: first-seed }
        """;

    /// <summary>What runs in a moment.</summary>
    public const string Quick =
        """
        name: quick
        datasets:
          - name: drawn
            simulate: { modalities: [{ name: rna, like: rna, features: 60 }, { name: protein, like: protein, features: 20 }], grid: 12, seed: 5 }
        methods: [pca, random]
        seeds: 3
        evaluation: { neighbors: 10 }
        """;

    private readonly GrainRunner _runner;

    private StoredCampaign(PlannedCampaign campaign, GrainRecords records)
    {
        (Campaign, Records) = (campaign, records);
        _runner = new GrainRunner(records, GrainWorks.All, new GrainRunnerOptions());
    }

    public PlannedCampaign Campaign { get; }

    public GrainRecords Records { get; }

    public string Id => Campaign.Plan.Id;

    public static async Task<StoredCampaign> SubmitAsync(string document, GrainRecords? records = null)
    {
        PlannedCampaign campaign = CampaignPlanner.Plan(CampaignReader.Parse(document, "campaign.yaml", new CampaignReadOptions { Folder = "." }), new DigestOnly());
        records ??= new GrainRecords(new ContentStore(new MemoryArtifactStore()));
        await new CampaignStore(records).SubmitAsync(campaign.Plan, campaign.Specs, Encoding.UTF8.GetBytes(document));
        return new StoredCampaign(campaign, records);
    }

    /// <summary>Runs those grains that a test wants and that are ready for it.</summary>
    public async Task<StoredCampaign> RunAsync(Func<PlannedGrain, bool>? wanted = null)
    {
        using var device = new CpuDevice("cpu:0", Lane.Cpu, 1);
        foreach (PlannedGrain grain in Campaign.Plan.Grains.Where(g => wanted?.Invoke(g) ?? true))
            (await _runner.RunAsync(grain, device, new Silent(), CancellationToken.None)).State.ShouldBeOneOf(GrainState.Done, GrainState.Reused);
        return this;
    }

    /// <summary>What a dashboard needs of it.</summary>
    public SpatialCluster.Silo.Dashboard.DashboardSource Source(ISiloEngine? engine = null)
    {
        // Records of its own: what a dashboard knows it must have from the store.
        var records = new GrainRecords(Records.Content);
        return new() { Records = records, Campaigns = new CampaignStore(records), Silos = new SiloRegistry(records), Engine = engine };
    }

    /// <summary>A run on so many spots; see <see cref="LargeTissue"/>.</summary>
    public static async Task<StoredCampaign> LargeAsync(int side = 316)
    {
        StoredCampaign large = await SubmitAsync(LargeTissue.Document);
        await LargeTissue.WriteAsync(large.Records, large.Campaign.Rows[0], side);
        return large;
    }

    private sealed class Silent : IGrainObserver
    {
        public void Started(PlannedGrain grain, string device)
        {
        }

        public void Stage(PlannedGrain grain, string stage)
        {
        }

        public void Epoch(PlannedGrain grain, TrainingProgress progress)
        {
        }

        public void Returned(PlannedGrain grain, string? cause)
        {
        }

        public void Ended(PlannedGrain grain, GrainOutcome outcome)
        {
        }
    }
}
