namespace SpatialCluster.Reporting.Campaigns;

/// <summary>What was done to a dataset before the methods saw it.</summary>
/// <param name="Kind">Its name in tables, such as <c>gaussian_noise</c>, <c>dropout</c>, <c>depth</c> or <c>modality_removal</c>.</param>
/// <param name="Title">Its name for people as it stands within a sentence, such as <c>Gaussian noise</c> or <c>dropout</c>; also the title of the axis of levels.</param>
/// <param name="Level">How strong it is; absent where it is no matter of degree.</param>
/// <param name="Label">What was done where no number says it, such as <c>without protein</c>.</param>
/// <param name="UnperturbedLevel">
/// The level that changes nothing: 0 for noise, 1 for the share of counts kept. Runs of the same family of datasets that were not perturbed
/// at all are drawn there. Absent where there is none.
/// </param>
public sealed record CampaignPerturbation(string Kind, string Title, double? Level, string Label = "", double? UnperturbedLevel = null);
