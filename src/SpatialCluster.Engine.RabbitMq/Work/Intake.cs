using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>Takes grains from the queues of all campaigns in turn, so that a small campaign does not wait behind a large one.</summary>
internal sealed class Intake(CampaignViews views, IWorkBroker broker, IReadOnlySet<string> codes, TimeProvider clock)
{
    private readonly Dictionary<Lane, string> _lastServed = [];
    private readonly Dictionary<string, string> _lastQueue = [];
    private readonly Dictionary<string, DateTimeOffset> _resting = [];

    /// <summary>Leaves a queue to others for a while.</summary>
    public void Rest(GrainQueue queue, TimeSpan time) => _resting[queue.Name] = clock.GetUtcNow() + time;

    /// <summary>Takes the next grain of a lane.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="BrokerFailedException">The broker is away.</exception>
    public async Task<TakenGrain?> TakeAsync(Lane lane, CancellationToken cancellation)
    {
        foreach (CampaignView view in After(views.All, v => v.Plan.Id, _lastServed.GetValueOrDefault(lane)))
        {
            GrainQueue[] queues = [.. view.Queues.Where(q => q.Lane == lane && codes.Contains(q.Code)).OrderBy(q => q.Name, StringComparer.Ordinal)];
            foreach (GrainQueue queue in After(queues, q => q.Name, _lastQueue.GetValueOrDefault(view.Plan.Id)))
            {
                if (!views.Has(view))
                    break;
                if (_resting.TryGetValue(queue.Name, out DateTimeOffset until) && (clock.GetUtcNow() < until || !_resting.Remove(queue.Name)))
                    continue;
                if (await TryTakeAsync(view, queue, cancellation).ConfigureAwait(false) is not { } taken)
                    continue;
                _lastServed[lane] = view.Plan.Id;
                _lastQueue[view.Plan.Id] = queue.Name;
                return taken;
            }
        }

        return null;
    }

    // In a circle, beginning with the one behind the last that was served.
    private static IEnumerable<T> After<T>(IReadOnlyList<T> all, Func<T, string> name, string? last)
    {
        int first = last is null ? 0 : all.TakeWhile(item => string.CompareOrdinal(name(item), last) <= 0).Count();
        for (int i = 0; i < all.Count; i++)
            yield return all[(first + i) % all.Count];
    }

    // One queue that does not answer holds up none of the others.
    private async Task<TakenGrain?> TryTakeAsync(CampaignView view, GrainQueue queue, CancellationToken cancellation)
    {
        try
        {
            return await TakeAsync(view, queue, cancellation).ConfigureAwait(false);
        }
        catch (BrokerFailedException) when (broker.IsConnected)
        {
            return null;
        }
    }

    private async Task<TakenGrain?> TakeAsync(CampaignView view, GrainQueue queue, CancellationToken cancellation)
    {
        while (await broker.TryTakeAsync(queue.Name, cancellation).ConfigureAwait(false) is { } delivery)
        {
            if (delivery.Message.Campaign == view.Plan.Id && view.Find(delivery.Message.Grain) is { } grain)
                return new TakenGrain(view, grain, delivery);
            // Whoever wrote it, it means nothing: the plan has no such grain.
            await delivery.AcknowledgeAsync().ConfigureAwait(false);
        }

        return null;
    }
}
