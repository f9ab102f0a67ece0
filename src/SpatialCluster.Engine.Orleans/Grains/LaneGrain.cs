using SpatialCluster.Engine.Orleans.Placement;
using SpatialCluster.Engine.Orleans.Work;

namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>
/// What waits for a device of a lane. Campaigns take turns; a grain that waits costs an entry here and no activation. Nothing of this is kept:
/// silos report, and campaigns offer again to a new activation.
/// </summary>
internal sealed class LaneGrain(OrleansSiloSettings settings) : Grain, ILaneGrain
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    // Three reports.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(2);

    private readonly Guid _mark = Guid.NewGuid();
    private readonly Dictionary<string, LaneEntry> _entries = new(StringComparer.Ordinal);
    private readonly CampaignRotation _waiting = new();
    private readonly Dictionary<SiloAddress, LaneSilo> _silos = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(_ => LookAsync(), new GrainTimerCreationOptions(s_look, s_look) { KeepAlive = true, Interleave = true });
        return Task.CompletedTask;
    }

    public Task<Guid> MarkAsync() => Task.FromResult(_mark);

    public Task<Guid> OfferAsync(string campaign, WorkOrder[] orders)
    {
        foreach (WorkOrder order in orders)
        {
            if (_entries.TryGetValue(order.Grain, out LaneEntry? known))
            {
                known.Campaigns.Add(campaign);
                continue;
            }

            var entry = new LaneEntry(order);
            entry.Campaigns.Add(campaign);
            _entries.Add(order.Grain, entry);
            _waiting.Add(campaign, entry, first: false);
        }

        Dispatch();
        return Task.FromResult(_mark);
    }

    public Task WithdrawAsync(string campaign)
    {
        _waiting.Remove(campaign);
        foreach (LaneEntry entry in _entries.Values.Where(e => e.Campaigns.Remove(campaign)).ToArray())
        {
            if (entry.Campaigns.Count > 0)
            {
                // Another campaign wants it, too, and it waits in that one's turn.
                if (entry.Silo is null && entry.Order.Campaign == campaign)
                    Wait(entry);
            }
            else if (entry.Silo is null)
            {
                _entries.Remove(entry.Order.Grain);
            }
            else
            {
                _ = StopAsync(entry);
            }
        }

        return Task.CompletedTask;
    }

    public Task<long> ReportAsync(SiloReport report)
    {
        var silo = new LaneSilo(report, settings.Clock.GetTimestamp());
        _silos[report.Silo] = silo;
        foreach (LaneEntry entry in _entries.Values.Where(e => report.Silo.Equals(e.Silo)).ToArray())
        {
            if (report.Running.Contains(entry.Order.Grain, StringComparer.Ordinal))
            {
                entry.Seen = settings.Clock.GetTimestamp();
                continue;
            }

            // What was given to it just now, it may not have known when it wrote this; later, the end of the work was not heard of.
            if (settings.Clock.GetElapsedTime(entry.Seen) > s_silence)
                _ = ConcludeAsync(entry, WorkEnd.Returned);
            else
                silo.Take(entry.Order);
        }

        Dispatch();
        return Task.FromResult((long)_waiting.Count);
    }

    public Task EndedAsync(string grain, WorkEnd end)
    {
        if (!_entries.TryGetValue(grain, out LaneEntry? entry))
            return Task.CompletedTask;
        if (entry.Silo is { } silo && _silos.TryGetValue(silo, out LaneSilo? known))
            known.Give(entry.Order);
        _ = ConcludeAsync(entry, end);
        Dispatch();
        return Task.CompletedTask;
    }

    private Task LookAsync()
    {
        foreach (SiloAddress silent in _silos.Where(s => settings.Clock.GetElapsedTime(s.Value.Heard) > s_silence).Select(s => s.Key).ToArray())
        {
            _silos.Remove(silent);
            foreach (LaneEntry entry in _entries.Values.Where(e => silent.Equals(e.Silo)).ToArray())
                _ = ConcludeAsync(entry, WorkEnd.Returned);
        }

        Dispatch();
        return Task.CompletedTask;
    }

    // One grain for each free device, of each campaign in its turn.
    private void Dispatch()
    {
        foreach (LaneSilo silo in _silos.Values)
        {
            while (silo.Free > 0 && _waiting.Take(entry => Suits(entry, silo)) is { } entry)
            {
                silo.Take(entry.Order);
                entry.Silo = silo.Address;
                entry.Seen = settings.Clock.GetTimestamp();
                _ = AssignAsync(entry, silo);
            }
        }
    }

    private bool Suits(LaneEntry entry, LaneSilo silo) =>
        settings.Clock.GetTimestamp() >= entry.NotBefore
        && !entry.Unreadable.Contains(silo.Address)
        && silo.Has(entry.Order.Code)
        && (entry.Order.ForecastBytes <= silo.MemoryFree
            || (silo.IsIdle && !_silos.Values.Any(other => other.MemoryLimit >= entry.Order.ForecastBytes && other.Has(entry.Order.Code))));

    private async Task AssignAsync(LaneEntry entry, LaneSilo silo)
    {
        WorkAnswer answer;
        try
        {
            RequestContext.Set(DevicePlacement.Silo, silo.Address);
            answer = await WorkGrains.Of(GrainFactory, entry.Order.Grain).BeginAsync(entry.Order);
        }
#pragma warning disable CA1031 // The silo has left, or does not answer: another gets the grain.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            settings.Log($"{entry.Order.Grain} could not be given to {silo.Address}: {failure.Message}");
            answer = WorkAnswer.Misplaced;
        }
        finally
        {
            RequestContext.Remove(DevicePlacement.Silo);
        }

        if (answer == WorkAnswer.Begun)
        {
            if (entry.Campaigns.Count == 0)
                await StopAsync(entry);
            return;
        }

        if (answer == WorkAnswer.Busy)
            silo.Free = 0;
        if (answer == WorkAnswer.Unreadable)
            entry.Unreadable.Add(silo.Address);
        if (silo.Address.Equals(entry.Silo))
            await ConcludeAsync(entry, answer == WorkAnswer.Misplaced ? WorkEnd.Elsewhere : WorkEnd.Returned);
    }

    private async Task ConcludeAsync(LaneEntry entry, WorkEnd end)
    {
        entry.Silo = null;
        if (entry.Campaigns.Count > 0 && end != WorkEnd.Ended)
        {
            entry.NotBefore = end == WorkEnd.Elsewhere ? settings.Clock.GetTimestamp() + (long)(s_rest.TotalSeconds * settings.Clock.TimestampFrequency) : 0;
            Wait(entry);
            return;
        }

        _entries.Remove(entry.Order.Grain);
        foreach (string campaign in entry.Campaigns.ToArray())
        {
            try
            {
                await GrainFactory.GetGrain<ICampaignGrain>(campaign).EndedAsync([entry.Order.Grain]);
            }
#pragma warning disable CA1031 // The campaign looks at the store from time to time.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                settings.Log($"The end of {entry.Order.Grain} could not be told to {campaign}: {failure.Message}");
            }
        }
    }

    private void Wait(LaneEntry entry)
    {
        string campaign = entry.Campaigns.First();
        entry.Order = entry.Order with { Campaign = campaign };
        _waiting.Add(campaign, entry, first: true);
    }

    private async Task StopAsync(LaneEntry entry)
    {
        try
        {
            await WorkGrains.Of(GrainFactory, entry.Order.Grain).StopAsync();
        }
#pragma warning disable CA1031 // Its silo has left: so has the work.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            settings.Log($"{entry.Order.Grain} could not be told to stop: {failure.Message}");
        }
    }
}
