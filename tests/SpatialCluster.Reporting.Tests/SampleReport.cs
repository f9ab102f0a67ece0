using SpatialCluster.Compute.Randomness;
using SpatialCluster.Data.Slices;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;
using SpatialCluster.Simulation;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Reporting.Tests;

/// <summary>A report as a run on a simulated slice would fill it: the truth is simulated, the results are made up beside it.</summary>
internal static class SampleReport
{
    public static IntegrationReport Make(int rows = 36, int columns = 36, ulong seed = 1)
    {
        Slice slice = SliceSimulator.Simulate(new SimulationOptions
        {
            Rows = rows,
            Columns = columns,
            Seed = seed,
            Modalities = [SimulatedModality.Protein with { Features = 2 }],
        });
        var random = new RandomStream(seed).Derive("sample");
        int[] truth = slice.Annotations[0].Codes;
        int[] domains = [.. truth.Select(t => random.NextDouble() < 0.04 ? random.NextInt(5) : (t + 2) % 5)];
        domains[7] = -1;
        double[] centreX = [-3, 4, 1, -5, 6], centreY = [2, 3, -4, -3, -2];
        float[] rna = [.. domains.Select(d => (float)Math.Clamp(0.35 + 0.08 * Math.Max(d, 0) + 0.05 * random.NextGaussian(), 0, 1))];
        return new IntegrationReport
        {
            Title = $"Simulated slice, {rows} × {columns} spots, noise 0.4",
            Method = "spami",
            Preset = "paper/simulated",
            Seed = seed,
            Places = new SpotPlaces(slice.Coordinates.X, slice.Coordinates.Y),
            Modalities =
            [
                new ReportModality("rna", "RNA", 1000, 50, rna),
                new ReportModality("protein", "protein", 100, 100, [.. rna.Select(w => 1 - w)]),
            ],
            Domains = new SpotLabels("Domain", domains, ["0", "1", "2", "3", "4"]),
            Truth = new SpotLabels("True domain", truth, ["background", "factor 1", "factor 2", "factor 3", "factor 4"]),
            Epochs = 1000,
            Moran = 0.861,
            AdjustedRandIndex = 0.927,
            Figures = [new ReportEntry("NMI", "0.911")],
            Losses =
            [
                Loss("total", 21, 9.6, random),
                Loss("contrastive rna", 1.38, 0.42, random),
                Loss("contrastive protein", 1.39, 0.61, random),
                Loss("reconstruction rna", 11, 5.2, random),
                Loss("reconstruction protein", 7.4, 3.1, random),
                Loss("cosine", 0.98, 0.07, random),
            ],
            Embedding = new EmbeddingPlot(
                "first component (31.2 %)",
                "second component (17.9 %)",
                [.. domains.Select(d => centreX[Math.Max(d, 0)] + random.NextGaussian())],
                [.. domains.Select(d => centreY[Math.Max(d, 0)] + random.NextGaussian())]),
            Parameters =
            [
                new ReportEntry("epochs", "1000"), new ReportEntry("learning rate", "0.001"), new ReportEntry("hidden dimensions", "256, 64"),
                new ReportEntry("spatial neighbours", "3"), new ReportEntry("dropout", "0.1"), new ReportEntry("clusters", "5 (resolution 0.412)"),
            ],
            Timings =
            [
                new StageTiming("read", 0.31), new StageTiming("preprocess", 0.84), new StageTiming("graph", 0.052), new StageTiming("train", 13.7),
                new StageTiming("cluster", 1.9), new StageTiming("write", 0.12),
            ],
            PeakMemoryMegabytes = 214,
            Notes = ["protein: 2 features are zero in every spot (CD83, CD86) and take no part.", "1 spot has no counts in rna; its features are zero after normalisation."],
            Provenance = new ReportProvenance
            {
                Version = "0.1.0",
                Backend = "cpu, 2 threads, Vector512",
                CommandLine = "spatialcluster integrate --modality rna=rna.h5ad --modality protein=adt.h5ad --domains 5 --out out.h5ad --report out.html",
                Inputs = [new ReportInput("rna.h5ad", 3_412_004, "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"), new ReportInput("adt.h5ad", 540_112)],
                Details = [new ReportEntry("Preset version", "1")],
            },
        };
    }

    private static LossSeries Loss(string name, double start, double end, RandomStream random) =>
        new(name, [.. Enumerable.Range(0, 1000).Select(e => end + (start - end) * Math.Exp(-e / 160.0) * (1 + 0.02 * random.NextGaussian()) + 0.008 * end * random.NextGaussian())]);
}
