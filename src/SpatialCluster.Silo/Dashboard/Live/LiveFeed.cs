using System.Text;
using Microsoft.Extensions.Logging;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Silo.Dashboard.Api;
using SpatialCluster.Silo.Dashboard.Model;

namespace SpatialCluster.Silo.Dashboard.Live;

/// <summary>
/// Tells all viewers what changes. One loop looks and listens for all of them, while there is at least one; every frame is made once and
/// sent to each.
/// </summary>
internal sealed partial class LiveFeed : IDisposable
{
    private const int MostViewers = 256;

    // Campaigns at rest are looked at once in so many looks.
    private const int RestingLooks = 10;

    private readonly DashboardSource _source;
    private readonly CampaignModels _campaigns;
    private readonly DashboardPace _pace;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly HashSet<Viewer> _viewers = [];
    private readonly Turn _turn = new();
    private readonly EventPile _pile = new();
    private readonly Dictionary<string, CampaignSnapshot> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sought = new(StringComparer.Ordinal);
    private readonly IDisposable? _listening;
    private CancellationTokenSource? _stop;
    private string _silosTold = "";
    private long _looks;
    private bool _ended;

    public LiveFeed(DashboardSource source, CampaignModels campaigns, DashboardPace pace, ILogger log)
    {
        (_source, _campaigns, _pace, _log) = (source, campaigns, pace, log);
        _listening = source.Engine?.Listen(heard =>
        {
            if (!IsIdle)
                _pile.Add(heard);
        });
    }

    /// <summary>How often the store was looked at, however many watched.</summary>
    internal long Looks => Interlocked.Read(ref _looks);

    private bool IsIdle
    {
        get
        {
            lock (_gate)
                return _viewers.Count == 0;
        }
    }

    /// <summary>Lets one watch; null where there is no room, or the process ends.</summary>
    public Viewer? Join()
    {
        lock (_gate)
        {
            if (_ended || _viewers.Count >= MostViewers)
                return null;
            var viewer = new Viewer();
            _viewers.Add(viewer);
            if (_stop is null)
            {
                _stop = new CancellationTokenSource();
                CancellationToken stop = _stop.Token;
                _ = Task.Run(() => RunAsync(stop), CancellationToken.None);
            }

            return viewer;
        }
    }

    /// <summary>Lets him go.</summary>
    public void Leave(Viewer viewer)
    {
        lock (_gate)
        {
            viewer.End();
            if (!_viewers.Remove(viewer) || _viewers.Count > 0)
                return;
            _stop?.Cancel();
            _stop?.Dispose();
            _stop = null;
        }
    }

    public void Dispose()
    {
        Viewer[] all;
        lock (_gate)
        {
            _ended = true;
            all = [.. _viewers];
        }

        _listening?.Dispose();
        foreach (Viewer viewer in all)
            Leave(viewer);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        DateTimeOffset looked = DateTimeOffset.MinValue, told = _source.Clock.GetUtcNow();
        TimeSpan pace = _source.Engine is null ? _pace.Look : _pace.LookBesidesEvents;
        int look = 0;
        using var timer = new PeriodicTimer(_pace.Tell, _source.Clock);
        try
        {
            do
            {
                DateTimeOffset now = _source.Clock.GetUtcNow();
                var frames = new List<ReadOnlyMemory<byte>>();
                bool due = now - looked >= pace;
                try
                {
                    await GatherAsync(frames, due, look, stop).ConfigureAwait(false);
                }
                catch (SpatialClusterException failure)
                {
                    // The store is away for a time: viewers are told so, and it is looked at again.
                    LogTrouble(failure.Message);
                    frames.Add(Frame("trouble", new { error = failure.Message }));
                }

                if (due)
                    (looked, look) = (now, look + 1);
                if (frames.Count == 0 && now - told >= _pace.Heartbeat)
                    frames.Add(":\n\n"u8.ToArray());
                if (frames.Count > 0)
                    told = now;
                Tell(frames);
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The last viewer left.
        }
#pragma warning disable CA1031 // Nobody awaits this: viewers are let go, come again and begin it anew.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogFailure(failure);
            lock (_gate)
            {
                // Whoever comes from now on begins a feed of his own.
                if (_stop?.Token == stop)
                    _stop = null;
                foreach (Viewer viewer in _viewers)
                    viewer.End();
            }
        }
    }

    private async Task GatherAsync(List<ReadOnlyMemory<byte>> frames, bool due, int look, CancellationToken stop)
    {
        // A loop that was stopped may still be at its last look.
        using IDisposable turn = await _turn.TakeAsync(stop).ConfigureAwait(false);
        (IReadOnlyCollection<ClusterEvent> progress, IReadOnlyDictionary<string, HashSet<string>?> touched, bool silos) = _pile.Take();
        if (progress.Count > 0)
            frames.Add(Frame("progress", progress.Select(ProgressOf)));
        if (due)
        {
            Interlocked.Increment(ref _looks);
            _sought.Clear();
            foreach (string added in (await _campaigns.AllAsync(stop).ConfigureAwait(false)).Select(c => c.Id).Where(id => !_told.ContainsKey(id)).ToArray())
                _told[added] = CampaignSnapshot.Empty(0) with { Revision = -1 };
        }

        await FindNewAsync(touched.Keys, stop).ConfigureAwait(false);
        foreach (CampaignModel model in _campaigns.Known)
        {
            string id = model.Plan.Id;
            bool rests = model.Now.Revision > 0 && (model.Now.IsFinished || model.Now.Cancelled);
            if (due && (!rests || look % RestingLooks == 0))
                await model.LookAsync(TimeSpan.Zero, stop).ConfigureAwait(false);
            else if (touched.TryGetValue(id, out HashSet<string>? grains))
                await model.LookAtAsync(grains, stop).ConfigureAwait(false);
            CampaignSnapshot now = model.Now;
            if (_told.TryGetValue(id, out CampaignSnapshot? last) && last.Revision == now.Revision)
                continue;
            _told[id] = now;
            frames.Add(Frame("campaign", CampaignApi.Summary(model)));
        }

        if (!due && !silos)
            return;
        object[] now2 = [.. (await _source.Silos.ListAsync(stop).ConfigureAwait(false)).Select(s => SiloApi.View(s, _source.Clock.GetUtcNow(), said: false))];
        ReadOnlyMemory<byte> frame = Frame("silos", now2);
        string text = Encoding.UTF8.GetString(frame.Span);
        if (text == _silosTold)
            return;
        _silosTold = text;
        frames.Add(frame);
    }

    // A campaign whose grains are heard of is shown without waiting for the next look; what cannot be read waits for that.
    private async Task FindNewAsync(IEnumerable<string> heard, CancellationToken stop)
    {
        var known = _campaigns.Known.Select(m => m.Plan.Id).ToHashSet(StringComparer.Ordinal);
        foreach (string id in heard.Where(id => !known.Contains(id) && _sought.Add(id)))
        {
            try
            {
                await (await _campaigns.FindAsync(id, stop).ConfigureAwait(false)).LookAsync(TimeSpan.Zero, stop).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is MissingException || (failure is SpatialClusterException and not StoreFailedException))
            {
                // The list of campaigns tells of it.
            }
        }
    }

    private void Tell(List<ReadOnlyMemory<byte>> frames)
    {
        if (frames.Count == 0)
            return;
        lock (_gate)
        {
            foreach (Viewer viewer in _viewers)
            {
                foreach (ReadOnlyMemory<byte> frame in frames)
                    viewer.Tell(frame);
            }
        }
    }

    private static object ProgressOf(ClusterEvent e) => new
    {
        campaign = e.Campaign,
        grain = e.Grain,
        silo = e.Silo,
        device = e.Device,
        stage = e.Text,
        epoch = e.Epoch,
        epochs = e.Epochs,
        loss = e.Loss,
    };

    internal static ReadOnlyMemory<byte> Frame(string name, object data)
    {
        // JSON has no line breaks of its own, so that one line is all.
        byte[] json = ApiJson.Bytes(data);
        return (byte[])[.. Encoding.ASCII.GetBytes($"event: {name}\ndata: "), .. json, .. "\n\n"u8];
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The dashboard cannot look into the store: {Reason}")]
    private partial void LogTrouble(string reason);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The dashboard's live feed failed; viewers are let go.")]
    private partial void LogFailure(Exception failure);
}
