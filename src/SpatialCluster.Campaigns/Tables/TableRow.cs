using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Tables;

/// <summary>One row of a campaign's table.</summary>
/// <param name="Row">Dataset, perturbation, method, seed, clusterer.</param>
/// <param name="Result">The evaluation's result; null while it is not there.</param>
/// <param name="Figures">What the evaluation found; null while it is not there.</param>
/// <param name="Run">The training run's result; null while it is not there.</param>
public sealed record TableRow(ReportRow Row, GrainResult? Result, EvaluationFigures? Figures, GrainResult? Run);
