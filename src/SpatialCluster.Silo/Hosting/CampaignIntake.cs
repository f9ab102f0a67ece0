using System.Text;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Takes in campaigns that come over the network: reads, plans, and hands on. Data is read below allowed folders alone.</summary>
/// <param name="store">Where results are kept.</param>
/// <param name="roots">Folders that documents may name data in; relative paths start from the first.</param>
/// <param name="submit">Submits a planned campaign with its document.</param>
public sealed class CampaignIntake(IArtifactStore store, IReadOnlyList<string> roots, Func<PlannedCampaign, byte[], CancellationToken, Task> submit) : IDisposable
{
    // Planning reads and hashes all data of a campaign: one at a time.
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Takes in a document.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What was taken in.</returns>
    /// <exception cref="Compute.Errors.BadInputException">The document is wrong, or names data that may not be read.</exception>
    public async Task<SubmittedCampaign> TakeAsync(string text, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => PlanAndSubmitAsync(text, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Ends it.</summary>
    public void Dispose() => _one.Dispose();

    private async Task<SubmittedCampaign> PlanAndSubmitAsync(string text, CancellationToken cancellation)
    {
        CampaignDocument document = CampaignReader.Parse(text, "The document", new CampaignReadOptions { Folder = roots.Count == 0 ? null : roots[0], Roots = roots, OnlyRoots = true });
        PlannedCampaign planned = CampaignPlanner.Plan(document, new StoreIngest(store, cancellation));
        await submit(planned, Encoding.UTF8.GetBytes(document.Text), cancellation).ConfigureAwait(false);
        return new SubmittedCampaign(planned.Plan.Id, planned.Plan.Name, planned.Plan.Grains.Count, planned.Notes);
    }
}
