using System.Text.Json.Serialization;
using SpatialCluster.Analysis.Metrics;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Methods.Integration;

namespace SpatialCluster.Cli.Integration;

/// <summary>What <c>integrate --json</c> prints; the names are documented in <c>docs/cli.md</c>.</summary>
internal sealed record IntegrationSummary
{
    public required string Method { get; init; }
    public required string Preset { get; init; }
    public required ulong Seed { get; init; }
    public string Version { get; init; } = ProductVersion.Text;
    public required string Slice { get; init; }
    public required int Spots { get; init; }
    public required IReadOnlyList<ModalitySummary> Modalities { get; init; }
    public required int Epochs { get; init; }
    public required int Threads { get; init; }
    public required double TrainSeconds { get; init; }
    public required double TotalSeconds { get; init; }
    public required IReadOnlyList<StageSummary> Stages { get; init; }
    public required double PeakMemoryMb { get; init; }
    public required double? FinalLoss { get; init; }
    public required int Domains { get; init; }
    public required DomainSearchSummary DomainSearch { get; init; }
    public required double? Moran { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AgreementSummary? Scores { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Ari => Scores?.Ari;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Ami => Scores?.Ami;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Nmi => Scores?.Nmi;

    public required OutputSummary Outputs { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }

    public static IntegrationSummary Of(IntegrationOutcome outcome, double totalSeconds)
    {
        IntegrationRequest request = outcome.Request;
        TissueDomains domains = outcome.Result.Domains;
        return new IntegrationSummary
        {
            Method = outcome.Options.Method.Name,
            Preset = outcome.Options.Preset,
            Seed = outcome.Options.Seed,
            Slice = outcome.Loaded.Slice.Name,
            Spots = outcome.Loaded.Slice.Spots,
            Modalities = [.. outcome.Loaded.Slice.Modalities.Select((m, i) => new ModalitySummary(
                m.Name,
                m.Kind.ToString().ToLowerInvariant(),
                m.FeatureNames.Count,
                outcome.Result.Preprocessed[i].Fitted.Width,
                MeanAttention(outcome.Result.Trained.Attention, i),
                outcome.Result.Preprocessed[i].Notes))],
            Epochs = outcome.Result.Trained.Losses?.Epochs ?? 0,
            Threads = request.Run.Threads,
            TrainSeconds = Math.Round(outcome.TrainSeconds, 3),
            TotalSeconds = Math.Round(totalSeconds, 3),
            Stages = [.. outcome.Times.Select(t => new StageSummary(t.Stage, Math.Round(t.Seconds, 3)))],
            PeakMemoryMb = PeakMemory.Megabytes,
            FinalLoss = outcome.FinalLoss,
            Domains = domains.Count,
            DomainSearch = new DomainSearchSummary(outcome.Options.Domains.Domains, domains.Reached, domains.Resolution, outcome.Options.Domains.Neighbours, domains.Note),
            Moran = domains.Moran.Mean,
            Scores = outcome.Agreement is null ? null : AgreementSummary.Of(outcome.Agreement, outcome.Loaded.Truth!.Name),
            Outputs = new OutputSummary(request.Outputs.Data, request.Outputs.Report, request.Outputs.Pictures, request.Outputs.Table, request.SaveModel),
            Notes = [.. outcome.Notes, .. outcome.RunNotes],
        };
    }

    private static double? MeanAttention(Matrix? attention, int modality)
    {
        if (attention is null)
            return null;
        double sum = 0;
        for (int spot = 0; spot < attention.Rows; spot++)
            sum += attention.Row(spot)[modality];
        return sum / attention.Rows;
    }
}

/// <summary>A modality of the summary.</summary>
internal sealed record ModalitySummary(string Name, string Kind, int Features, int Width, double? MeanAttention, IReadOnlyList<string> Notes);

/// <summary>A stage of the summary.</summary>
internal sealed record StageSummary(string Stage, double Seconds);

/// <summary>How the domains came about.</summary>
internal sealed record DomainSearchSummary(int? Wanted, bool Reached, double Resolution, int Neighbors, string? Note);

/// <summary>The files written.</summary>
internal sealed record OutputSummary(string H5ad, string? Report, IReadOnlyList<string> Pictures, string? Csv, string? Model);

/// <summary>Agreement of domains with a truth.</summary>
internal sealed record AgreementSummary(
    string Truth, int Spots, int TruthLabels, double Ari, double Ami, double Nmi, double Homogeneity, double Completeness, double VMeasure, double FowlkesMallows)
{
    public static AgreementSummary Of(ClusteringAgreement agreement, string truth) => new(
        truth,
        agreement.Spots,
        agreement.TruthLabels,
        agreement.AdjustedRandIndex,
        agreement.AdjustedMutualInformation,
        agreement.NormalisedMutualInformation,
        agreement.Homogeneity,
        agreement.Completeness,
        agreement.VMeasure,
        agreement.FowlkesMallows);
}
