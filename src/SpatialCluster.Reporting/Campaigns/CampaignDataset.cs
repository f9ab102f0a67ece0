namespace SpatialCluster.Reporting.Campaigns;

/// <summary>A slice that methods were compared on, perturbed or as it came. Equal values are the same slice.</summary>
/// <param name="Id">Its name in tables (<c>dataset_id</c>).</param>
/// <param name="Family">What it has in common with others that are averaged and drawn together, such as <c>rna+protein</c>.</param>
/// <param name="Perturbation">What was done to it; absent where nothing was.</param>
/// <param name="Type">Its modalities, such as <c>rna+protein</c>; empty where nobody says.</param>
public sealed record CampaignDataset(string Id, string Family, CampaignPerturbation? Perturbation = null, string Type = "");
