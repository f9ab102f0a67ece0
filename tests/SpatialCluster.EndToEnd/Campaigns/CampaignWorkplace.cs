using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>A temporary folder with campaign documents, each of which is run once without any disturbance, when somebody asks for its digest.</summary>
public sealed class CampaignWorkplace : IDisposable
{
    private const string Slice = "simulate: { grid: 12, seed: 1, modalities: [{ name: rna, features: 60 }, { name: protein, features: 20 }] }";

    private readonly string _root = Directory.CreateTempSubdirectory("spatialcluster campaigns ").FullName;
    private readonly Dictionary<string, string> _digests = [];
    private int _folders;

    /// <summary>Every method, two noise levels, two seeds.</summary>
    internal static string Full { get; } =
        $$"""
        name: full
        datasets: [{ name: slice, {{Slice}} }]
        perturbations: [{ noise: [0, 0.4] }]
        methods:
          - { method: spami, parameters: { epochs: 60, hidden-width: 32, embedding-width: 16 } }
          - { method: spatialglue, parameters: { epochs: 40 } }
          - { method: wnn, parameters: { range: 60 } }
          - { method: mofa, parameters: { iterations: 20 } }
          - pca
        seeds: 2
        """;

    /// <summary>One short training, and one method without.</summary>
    internal static string Tiny { get; } =
        $$"""
        name: tiny
        datasets: [{ name: slice, {{Slice}} }]
        methods:
          - { method: spami, parameters: { epochs: 3, hidden-width: 16, embedding-width: 8 } }
          - pca
        evaluation: { umap: none }
        """;

    /// <summary>Trainings enough for two silos to be busy for a while, and for others to wait.</summary>
    internal static string Steady { get; } =
        $$"""
        name: steady
        datasets: [{ name: slice, {{Slice}} }]
        perturbations: [{ noise: [0, 0.2, 0.4, 0.6] }]
        methods:
          - { method: spami, parameters: { epochs: 8000, hidden-width: 32, embedding-width: 16 } }
          - pca
        seeds: 4
        evaluation: { umap: none }
        """;

    /// <summary>One method fails, and one does not.</summary>
    internal static string Failing { get; } =
        $$"""
        name: failing
        datasets: [{ name: slice, {{Slice}} }]
        methods:
          - { method: wnn, parameters: { neighbors: 150 } }
          - pca
        seeds: 2
        evaluation: { umap: none }
        """;

    /// <summary>A training long enough to be interrupted.</summary>
    internal static string Training(int epochs) =>
        $$"""
        name: training
        datasets: [{ name: slice, {{Slice}} }]
        methods:
          - { method: spami, parameters: { epochs: {{epochs}}, hidden-width: 32, embedding-width: 16 } }
          - pca
        evaluation: { umap: none }
        """;

    /// <summary>A training of about ten seconds.</summary>
    internal static string LongTraining { get; } = Training(25_000);

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, $"test {Interlocked.Increment(ref _folders)}")).FullName;

    /// <summary>Begins a campaign in a folder of its own.</summary>
    internal CampaignPlace Place(string document) => new(NewFolder(), document);

    /// <summary>The digest of all results of an undisturbed run.</summary>
    internal string DigestOf(string document)
    {
        if (!_digests.TryGetValue(document, out string? digest))
        {
            CampaignPlace place = Place(document);
            _digests[document] = digest = CliProcess.Run(place.Folder, place.Run()).ShouldSucceed().Json.GetProperty("results_digest").GetString()!;
        }

        return digest;
    }

    /// <summary>A store has everything of its campaign, whole, and each training measured once.</summary>
    internal static async Task ShouldBeSoundAsync(CampaignPlace place)
    {
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(place.Store, create: false);
        StoreVerification found = await StoreVerification.RunAsync(store);
        found.Problems.ShouldBeEmpty();
        var records = new GrainRecords(new ContentStore(store));
        var campaigns = new CampaignStore(records);
        CampaignPlan plan = await campaigns.PlanAsync((await campaigns.ListAsync()).ShouldHaveSingleItem());
        (await campaigns.StatusAsync(plan, TimeProvider.System)).ShouldAllBe(g => g.Standing == GrainStanding.Done);
        found.Results.ShouldBe(plan.Grains.Count);
        foreach (GrainKey key in plan.Grains.Select(g => g.Key))
            (await store.FindAsync(StoreLayout.Checkpoint(key))).ShouldBeNull($"{key} is done and needs no checkpoint");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
