using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>Puts grains into the queues of their campaign.</summary>
internal sealed class GrainPublisher(IWorkBroker broker, CampaignStore campaigns, string teller)
{
    /// <summary>How many messages may wait for their confirmations at a time.</summary>
    private const int Window = 256;

    /// <summary>Puts grains into their queues, and tells those who wait for work.</summary>
    /// <exception cref="BrokerFailedException">Some may be there and others not; to do it again does no harm.</exception>
    public async Task PublishAsync(CampaignView view, IEnumerable<PlannedGrain> grains, CancellationToken cancellation)
    {
        bool any = false;
        foreach (PlannedGrain[] window in grains.Chunk(Window))
        {
            any = true;
            await Task.WhenAll(window.Select(grain => PublishAsync(view, grain, cancellation))).ConfigureAwait(false);
        }

        if (any)
            broker.Tell(new ClusterEvent(ClusterEventKind.Work, view.Plan.Id, teller));
    }

    /// <summary>Makes the queues of a campaign, unless they are there.</summary>
    public async Task DeclareAsync(CampaignView view, CancellationToken cancellation)
    {
        foreach (GrainQueue queue in view.Queues)
            await broker.DeclareAsync(queue.Name, cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes the queues of a campaign.</summary>
    public async Task DeleteAsync(CampaignView view, CancellationToken cancellation)
    {
        foreach (GrainQueue queue in view.Queues)
            await broker.DeleteAsync(queue.Name, cancellation).ConfigureAwait(false);
    }

    /// <summary>Removes the queues of a campaign that ended while they were made: whoever removed them then did not see these.</summary>
    public async Task ClearAsync(CampaignView view, CancellationToken cancellation)
    {
        if ((await campaigns.ActiveAsync(cancellation).ConfigureAwait(false)).All(c => c.Id != view.Plan.Id))
            await DeleteAsync(view, cancellation).ConfigureAwait(false);
    }

    private async Task PublishAsync(CampaignView view, PlannedGrain grain, CancellationToken cancellation)
    {
        string queue = view.QueueOf(grain).Name;
        try
        {
            await broker.PublishAsync(queue, GrainMessage.For(view.Plan.Id, grain.Key), cancellation).ConfigureAwait(false);
        }
        catch (BrokerFailedException) when (broker.IsConnected && !view.Stop.IsCancellationRequested)
        {
            // A broker that lost its data lost the queue, too; that of a campaign that has ended stays away.
            if (!await campaigns.IsActiveAsync(view.Campaign, cancellation).ConfigureAwait(false))
                return;
            await broker.DeclareAsync(queue, cancellation).ConfigureAwait(false);
            await broker.PublishAsync(queue, GrainMessage.For(view.Plan.Id, grain.Key), cancellation).ConfigureAwait(false);
            await ClearAsync(view, cancellation).ConfigureAwait(false);
        }
    }
}
