using System.Globalization;
using System.Runtime.Intrinsics;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Files;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Training;
using SpatialCluster.Reporting.Html;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Cli.Outputs;

/// <summary>The report of an integration.</summary>
internal static class ReportPage
{
    public static void Write(string path, IntegrationOutcome outcome, ThreadTeam team, CommandContext context, OutputSet set)
    {
        IntegrationReport report = Of(outcome, team, context);
        AtomicFile.Write(path, stream => HtmlReport.Write(report, stream), set);
    }

    private static IntegrationReport Of(IntegrationOutcome outcome, ThreadTeam team, CommandContext context)
    {
        Slice slice = outcome.Loaded.Slice;
        return new IntegrationReport
        {
            Title = slice.Name,
            Method = outcome.Options.Method.Title,
            Preset = outcome.Options.Preset,
            Seed = outcome.Options.Seed,
            Places = DomainPicture.Places(outcome),
            Modalities = [.. slice.Modalities.Select((m, i) => new ReportModality(
                m.Name, m.Kind.ToString().ToLowerInvariant(), m.FeatureNames.Count, outcome.Result.Preprocessed[i].Fitted.Width, Column(outcome.Result.Trained.Attention, i)))],
            Domains = DomainPicture.Domains(outcome),
            Truth = DomainPicture.Truth(outcome),
            Epochs = outcome.Result.Trained.Losses?.Epochs is > 0 and int epochs ? epochs : null,
            Moran = outcome.Result.Domains.Moran.Mean,
            AdjustedRandIndex = outcome.Agreement?.AdjustedRandIndex,
            Figures = outcome.Agreement is { } agreement ? Figures(agreement) : [],
            Losses = Losses(outcome.Result.Trained.Losses),
            Embedding = Components(outcome.Result.Trained.Embedding, team),
            Parameters = [.. ParameterTree.Flatten(ParameterTree.Of(outcome)).Select(p => new ReportEntry(p.Name, p.Value))],
            Timings = [.. outcome.Times.Select(t => new StageTiming(t.Stage, t.Seconds))],
            PeakMemoryMegabytes = PeakMemory.Megabytes,
            Notes = [.. outcome.Notes, .. outcome.RunNotes],
            Provenance = new ReportProvenance
            {
                Version = ProductVersion.Text,
                Backend = $"cpu, {team.Threads} threads, {Vectors()}",
                CommandLine = context.CommandText,
                Inputs = [.. outcome.Inputs.Select(input => new ReportInput(input.Name, input.Bytes, $"sha256:{input.Digest}"))],
                Details = [new ReportEntry("Resolution", outcome.Result.Domains.Resolution.ToString("0.####", CultureInfo.InvariantCulture))],
            },
        };
    }

    private static ReportEntry[] Figures(ClusteringAgreement agreement) =>
    [
        new("NMI", agreement.NormalisedMutualInformation.ToString("0.000", CultureInfo.InvariantCulture)),
        new("AMI", agreement.AdjustedMutualInformation.ToString("0.000", CultureInfo.InvariantCulture)),
    ];

    private static LossSeries[] Losses(LossHistory? losses) => losses is null || losses.Epochs == 0 ? [] :
    [
        new("total", losses.Total.ToArray()),
        .. losses.Terms.Select((term, i) => new LossSeries(term, losses.Term(i).ToArray())),
    ];

    private static EmbeddingPlot? Components(Matrix? embedding, ThreadTeam team)
    {
        if (embedding is null || embedding.Columns < 2 || embedding.Rows < 3)
            return null;
        using PrincipalComponents components = PrincipalComponents.Of(embedding, 2, team);
        return new EmbeddingPlot("first component", "second component", Values(0), Values(1));

        double[] Values(int column) => [.. Enumerable.Range(0, components.Scores.Rows).Select(row => (double)components.Scores.Row(row)[column])];
    }

    private static float[]? Column(Matrix? matrix, int column) =>
        matrix is null ? null : [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix.Row(row)[column])];

    private static string Vectors() =>
        Vector512.IsHardwareAccelerated ? "Vector512" : Vector256.IsHardwareAccelerated ? "Vector256" : "scalar";
}
