using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>Silos run the grains; this process hands the campaign over and follows it.</summary>
/// <param name="Engine">What brings grains to them.</param>
internal abstract record SiloSetting(string Engine) : EngineSetting
{
    public override int ThreadsPerSlot => 1;

    public override int Cores => 1;

    public override string Interrupted(CampaignPlan plan, string store) =>
        $"No longer followed; unless it was cancelled, silos go on with it. 'spatialcluster campaign resume {plan.Id} --engine {Engine} --store {store}' follows it again, "
        + "'campaign status' tells how it stands, 'campaign cancel' stops it.";
}
