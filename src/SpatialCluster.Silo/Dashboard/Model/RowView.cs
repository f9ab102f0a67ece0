using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Tables;

namespace SpatialCluster.Silo.Dashboard.Model;

/// <summary>A run of a campaign with its evaluation, as it was seen last.</summary>
internal sealed record RowView(int Index, ReportRow Row)
{
    public GrainStanding Standing { get; init; } = GrainStanding.Waiting;

    /// <summary>Whether the training is done; its evaluation may still wait.</summary>
    public bool Trained { get; init; }

    public EvaluationFigures? Figures { get; init; }

    public AttemptMetrics? Metrics { get; init; }

    public int? Epochs { get; init; }

    public string? Error { get; init; }

    /// <summary>The revision of the campaign at which this last changed.</summary>
    public long Revision { get; init; }
}
