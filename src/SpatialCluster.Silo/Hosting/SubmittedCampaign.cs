namespace SpatialCluster.Silo.Hosting;

/// <summary>A campaign that was taken in.</summary>
/// <param name="Id">What it is called from now on.</param>
/// <param name="Name">What its document calls it.</param>
/// <param name="Grains">How many grains it has.</param>
/// <param name="Notes">What its author should know.</param>
public sealed record SubmittedCampaign(string Id, string Name, int Grains, IReadOnlyList<string> Notes);
