using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>Finds work for a silo's idle devices, with the memory that it has.</summary>
internal sealed class DeviceFiller(CampaignViews views, GrainTurns turns, Intake intake, OtherSilos others, SiloSettings settings)
{
    private volatile bool _stopped;
    private TakenGrain? _waiting;
    private long _waitingSince;

    /// <summary>Takes nothing more, and lets go of what waits for memory.</summary>
    public void Stop()
    {
        _stopped = true;
        LetGo(tooLarge: false);
    }

    /// <summary>Takes one grain for each idle device. What does not fit beside what runs is waited for, lest it never fit.</summary>
    /// <returns>Whether a device that was idle is busy now.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellation)
    {
        bool took = false;
        // Nor is it waited for without end: the broker wants its message settled in time, and a campaign may be cancelled.
        if (_waiting is { } kept && !views.Has(kept.View))
            LetGo(tooLarge: false);
        else if (settings.Clock.GetElapsedTime(_waitingSince) > settings.Segment)
            LetGo(tooLarge: true);
        var empty = new HashSet<Lane>();
        HashSet<IComputeDevice> busy = [.. turns.Running.Select(r => r.Device)];
        foreach (IComputeDevice device in settings.Devices)
        {
            // While one waits for memory nothing else is taken, lest it wait for ever.
            if (busy.Contains(device) || _stopped || (_waiting is { } waiting && waiting.Grain.Lane != device.Lane))
                continue;
            TakenGrain? taken = Interlocked.Exchange(ref _waiting, null);
            if (taken is null && !empty.Contains(device.Lane))
            {
                if (await intake.TakeAsync(device.Lane, cancellation).ConfigureAwait(false) is { } next)
                    taken = await turns.SuspectAsync(next, cancellation).ConfigureAwait(false);
                else
                    empty.Add(device.Lane);
                _waitingSince = settings.Clock.GetTimestamp();
            }

            if (taken is null || taken.Delivery.Lost.IsCancellationRequested)
                continue;
            if (_stopped)
            {
                turns.PutAside(taken, tooLarge: true);
            }
            else if (taken.Grain.ForecastBytes > settings.MemoryLimit && others.HaveRoomFor(taken.Grain))
            {
                turns.PutAside(taken, tooLarge: true);
                // When it is back in its queue, the larger one is to find it first.
                intake.Rest(taken.View.QueueOf(taken.Grain), settings.Beacon + (3 * settings.Poll));
            }
            else if (turns.Fits(taken))
            {
                turns.TryStart(taken, device);
                took = true;
            }
            else
            {
                _waiting = taken;
                if (_stopped)
                    LetGo(tooLarge: false);
                break;
            }
        }

        return took;
    }

    private void LetGo(bool tooLarge)
    {
        if (Interlocked.Exchange(ref _waiting, null) is { } waiting)
            turns.PutAside(waiting, tooLarge);
    }
}
