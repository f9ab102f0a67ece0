namespace SpatialCluster.Reporting.Campaigns;

/// <summary>All that the page and the tables about a campaign show. Plain data: whoever ran it fills it in.</summary>
public sealed record CampaignReport
{
    /// <summary>The heading: the campaign's name.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for, in a sentence or two.</summary>
    public string Description { get; init; } = "";

    /// <summary>When it ran, as text; absent where the page is to be the same every time.</summary>
    public string? When { get; init; }

    /// <summary>Every run of the plan, in its order; methods, datasets and families are shown in the order of their first run.</summary>
    public required IReadOnlyList<CampaignRun> Runs { get; init; }

    /// <summary>How far the seeds of a method agree on a dataset.</summary>
    public IReadOnlyList<SeedAgreement> Agreements { get; init; } = [];

    /// <summary>Slices whose domains and embeddings are to be drawn; the page draws a few of them where there are many.</summary>
    public IReadOnlyList<CampaignTissue> Tissues { get; init; } = [];

    /// <summary>Things worth knowing that are no errors.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What made the results, and from what.</summary>
    public required CampaignProvenance Provenance { get; init; }
}
