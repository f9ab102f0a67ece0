using SpatialCluster.Compute.Randomness;
using SpatialCluster.Data.Slices;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;
using SpatialCluster.Simulation;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Reporting.Tests.Campaigns;

/// <summary>A report as a campaign of eight simulated datasets would fill it: the tissue is simulated, the scores are made up.</summary>
internal static class SampleCampaign
{
    public static readonly string[] Names = ["SpaMI", "SpatialGlue", "WNN", "MOFA+", "PCA", "Random"];

    private static readonly double[] s_levels = [0.2, 0.4, 0.6, 0.8];
    private static readonly double[] s_clean = [0.99, 0.96, 0.94, 0.90, 0.97, 0];
    private static readonly double[] s_slope = [0.15, 0.45, 0.6, 0.75, 0.55, 0];

    public static CampaignReport Make(int side = 12, int seeds = 3, bool truth = true)
    {
        var random = new RandomStream(5).Derive("campaign");
        var runs = new List<CampaignRun>();
        var agreements = new List<SeedAgreement>();
        foreach (CampaignDataset dataset in Datasets())
        {
            for (int m = 0; m < Names.Length; m++)
            {
                for (int seed = 0; seed < seeds; seed++)
                    runs.Add(Run(dataset, Method(m), seed, Math.Clamp(s_clean[m] - (s_slope[m] * dataset.Perturbation!.Level!.Value) + (0.03 * random.NextGaussian()), -0.02, 1), truth, random));
                agreements.Add(new SeedAgreement(dataset, Method(m), Math.Clamp(s_clean[m] - 0.05 + (0.02 * random.NextGaussian()), 0, 1), Math.Clamp(s_clean[m] - 0.1, 0, 1), seeds * (seeds - 1) / 2));
            }

            if (dataset.Perturbation!.Level > 0.5)
                runs.AddRange(Ablations(dataset, seeds, truth, random));
        }

        runs[20] = runs[20] with
        {
            Status = CampaignRunStatus.Failed,
            Error = "The loss is not a number at epoch 412 of 1,000.\n  learning rate 0.001, gradient norm 3.1e+14\n  Lower the learning rate or set gradient_clip.",
            Scores = new Dictionary<string, double?>(),
            MoranPerDomain = [],
        };
        runs[57] = runs[57] with { Status = CampaignRunStatus.Failed, Error = "Memory: 9.1 GB are needed, 7.5 GB are there.", Scores = new Dictionary<string, double?>(), MoranPerDomain = [] };
        runs[^1] = runs[^1] with { Status = CampaignRunStatus.Missing, Scores = new Dictionary<string, double?>(), MoranPerDomain = [], Seconds = null, PeakMemoryBytes = null, Digest = null };
        return new CampaignReport
        {
            Title = "Robustness to noise on simulated slices",
            Description = "Six methods on eight simulated datasets, as in the evaluation of the SpaMI paper: RNA with protein and RNA with ATAC at four levels of Gaussian noise.",
            When = "2025-03-04 09:12 UTC",
            Runs = runs,
            Agreements = seeds > 1 ? agreements : [],
            Tissues = [.. Datasets().Select((dataset, i) => Tissue(dataset, side, (ulong)i, truth, random))],
            Notes = ["protein: 2 features are zero in every spot and take no part."],
            Provenance = new CampaignProvenance
            {
                Version = "0.1.0",
                CommandLine = "spatialcluster campaign run paper-noise.yaml --store results",
                Store = "results",
                Document = "name: paper-noise\ndatasets:\n  - simulate: { pattern: ggblocks, modalities: [rna, protein] }\n",
                DocumentDigest = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                PlanDigest = "sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
                ResultsDigest = "sha256:fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13",
                Machines = ["2 cores, Vector512, 23 GB"],
                Details = [new ReportEntry("Engine", "local, 1 lane of 2 threads")],
            },
        };
    }

    /// <summary>One seed, no truth: datasets as they came, one of them also without a modality.</summary>
    public static CampaignReport Plain()
    {
        var random = new RandomStream(6).Derive("plain");
        string[] tissues = ["Human lymph node A1", "Mouse spleen replicate 1", "Mouse thymus", "Mouse brain P22"];
        var datasets = tissues.Select(name => new CampaignDataset(name, name)).ToList();
        datasets.Add(new CampaignDataset(tissues[0], tissues[0], new CampaignPerturbation("modality_removal", "removed modality", null, "without protein")));
        CampaignReport whole = Make(seeds: 1, truth: false);
        return whole with
        {
            Title = "Real slices",
            Runs = [.. datasets.SelectMany(dataset => Enumerable.Range(0, 5).Select(m => Run(dataset, Method(m), 0, s_clean[m] - (0.4 * random.NextDouble()), truth: false, random)))],
            Tissues = [.. whole.Tissues.Take(2).Select((tissue, i) => tissue with { Dataset = datasets[i] })],
        };
    }

    /// <summary>Forty datasets and eight methods, some of whose names are long.</summary>
    public static CampaignReport Wide()
    {
        var random = new RandomStream(7).Derive("wide");
        CampaignReport whole = Make();
        CampaignMethod[] methods = [.. Enumerable.Range(0, 5).Select(Method), .. Enumerable.Range(0, 3).Select(i => Method(0) with { Title = "SpaMI", Overrides = $"hidden=256,{64 << i}; neighbours={3 + i}" })];
        List<CampaignDataset> datasets = [.. from slice in Enumerable.Range(0, 10) from level in s_levels select new CampaignDataset($"slice_{slice}", $"slice {slice}", new CampaignPerturbation("gaussian_noise", "Gaussian noise", level))];
        return whole with
        {
            Title = "Forty datasets",
            Runs = [.. from dataset in datasets from method in methods from seed in Enumerable.Range(0, 3) select Run(dataset, method, seed, 0.9 - (0.5 * dataset.Perturbation!.Level!.Value * random.NextDouble()), truth: true, random)],
            Tissues = [.. datasets.Select((dataset, i) => whole.Tissues[i % 8] with { Dataset = dataset })],
        };
    }

    public static CampaignMethod Method(int m) => new()
    {
        Id = Names[m].ToLowerInvariant().Replace("+", "", StringComparison.Ordinal),
        Title = Names[m],
        Preset = m == 0 ? "paper/simulated" : "default",
        Version = "1",
        Clusterer = "leiden",
        IsControl = m == 5,
    };

    public static IEnumerable<CampaignDataset> Datasets() =>
        from family in new[] { "rna+protein", "rna+atac" }
        from level in s_levels
        select new CampaignDataset($"{family[4..]}_s1", family, new CampaignPerturbation("gaussian_noise", "Gaussian noise", level, UnperturbedLevel: 0));

    private static IEnumerable<CampaignRun> Ablations(CampaignDataset dataset, int seeds, bool truth, RandomStream random) =>
        from ablation in new[] { "without cosine loss", "without attention", "without contrast" }
        from seed in Enumerable.Range(0, seeds)
        select Run(dataset, Method(0) with { Ablation = ablation }, seed, 0.9 - (0.02 * ablation.Length) + 0.2 + (0.03 * random.NextGaussian()) - 0.12, truth, random);

    private static CampaignRun Run(CampaignDataset dataset, CampaignMethod method, int seed, double ari, bool truth, RandomStream random)
    {
        double information = Math.Clamp(0.1 + (0.9 * ari), 0, 1);
        var scores = new Dictionary<string, double?>
        {
            ["silhouette"] = (0.5 * ari) - 0.1,
            ["moran"] = 0.88 * information,
            ["neighbor_agreement"] = Math.Clamp(0.3 + (0.65 * ari), 0, 1),
        };
        if (truth)
        {
            scores["ari"] = ari;
            scores["ami"] = information - 0.003;
            scores["nmi"] = information;
            scores["homogeneity"] = Math.Min(1, information + 0.01);
            scores["completeness"] = information - 0.01;
            scores["v_measure"] = information;
        }

        int cost = Array.IndexOf(Names, method.Title);
        return new CampaignRun
        {
            Dataset = dataset,
            Method = method,
            Seed = (ulong)seed,
            Status = CampaignRunStatus.Done,
            DomainsWanted = 5,
            DomainsFound = 5,
            Scores = scores,
            MoranPerDomain = [.. Enumerable.Range(0, 5).Select(_ => Math.Clamp((0.88 * information) + (0.09 * random.NextGaussian()), -0.1, 1))],
            Seconds = cost switch { 0 => 91, 1 => 34.2, 2 => 4.8, 3 => 12.4, _ => 0.31 } * (1 + (0.05 * random.NextDouble())),
            CpuSeconds = cost switch { 0 => 171, 1 => 66, 2 => 8.1, 3 => 22, _ => 0.4 },
            PeakMemoryBytes = cost switch { 0 => 314L << 20, 1 => 296L << 20, 2 => 181L << 20, _ => 143L << 20 },
            Epochs = cost switch { 0 => 1000, 1 => 600, 3 => 118, _ => null },
            Digest = $"sha256:{random.NextInt(1 << 30):x8}b2b0b822cd15d6c15b0f00a089f86d081884c7d659a2feaa0c55ad01",
        };
    }

    private static CampaignTissue Tissue(CampaignDataset dataset, int side, ulong seed, bool truth, RandomStream random)
    {
        Slice slice = SliceSimulator.Simulate(new SimulationOptions { Rows = side, Columns = side, Seed = seed, Modalities = [SimulatedModality.Protein with { Features = 2 }] });
        int[] codes = slice.Annotations[0].Codes;
        double[] centreX = [-3, 4, 1, -5, 6], centreY = [2, 3, -4, -3, -2];
        var maps = new List<CampaignMap>();
        for (int m = 0; m < Names.Length; m++)
        {
            double wrong = 1.02 - s_clean[m] + (0.6 * s_slope[m] * dataset.Perturbation!.Level!.Value);
            int[] domains = [.. codes.Select(c => random.NextDouble() < wrong ? random.NextInt(5) : (c + m) % 5)];
            maps.Add(new CampaignMap(
                Method(m),
                0,
                new SpotLabels("Domain", domains, ["0", "1", "2", "3", "4"]),
                new EmbeddingPlot("UMAP 1", "UMAP 2", [.. codes.Select(c => (centreX[c] * (1.2 - wrong)) + random.NextGaussian())], [.. codes.Select(c => (centreY[c] * (1.2 - wrong)) + random.NextGaussian())])));
        }

        return new CampaignTissue(
            dataset,
            new SpotPlaces(slice.Coordinates.X, slice.Coordinates.Y),
            truth ? new SpotLabels("True domain", codes, ["background", "factor 1", "factor 2", "factor 3", "factor 4"]) : null,
            maps);
    }
}
