using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Campaigns.Running;

/// <summary>Brings ready grains to devices, wherever these are. What a grain's running means is the runner's business.</summary>
public interface IGrainEngine : IAsyncDisposable
{
    /// <summary>Such as <c>local</c>.</summary>
    string Name { get; }

    /// <summary>Runs a submitted campaign until each of its grains is done or given up.</summary>
    /// <param name="plan">The campaign; its specs are in the store.</param>
    /// <param name="observer">Told what goes on.</param>
    /// <param name="cancellation">Stops it; what runs writes a checkpoint first.</param>
    /// <returns>How many ended how.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="StoreFailedException">The store failed; the campaign can be resumed when it works again.</exception>
    Task<CampaignOutcome> RunAsync(CampaignPlan plan, IGrainObserver observer, CancellationToken cancellation);
}
