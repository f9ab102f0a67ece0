using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>A campaign as one silo, or one who follows it, sees it.</summary>
internal sealed class CampaignView : IDisposable
{
    private readonly AsyncGate _gate = new();
    private readonly CampaignLedger _ledger;
    private int _left;

    public CampaignView(ActiveCampaign campaign, CampaignPlan plan, GrainRecords records, string scope)
    {
        Campaign = campaign;
        Plan = plan;
        _ledger = new CampaignLedger(plan, records);
        Queues = [.. plan.Grains.Select(grain => (grain.Lane, grain.Code)).Distinct().Select(q => new GrainQueue(QueueNames.For(scope, plan.Id, q.Lane, q.Code), q.Lane, q.Code))];
    }

    public ActiveCampaign Campaign { get; }

    public CampaignPlan Plan { get; }

    /// <summary>Told what goes on here with the campaign; null for nobody.</summary>
    public IGrainObserver? Observer { get; init; }

    /// <summary>Whether it was left.</summary>
    public bool HasLeft => _left != 0;

    /// <summary>Works on no grain of the campaign any more.</summary>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _left, 1) != 0)
            return;
        Stop.Cancel();
        (Observer as IDisposable)?.Dispose();
    }

    /// <summary>All queues of the campaign, those of code that is not here included.</summary>
    public IReadOnlyList<GrainQueue> Queues { get; }

    /// <summary>Cancelled when no grain of the campaign is to be worked on any more.</summary>
    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Whether somebody cancelled it.</summary>
    public bool Cancelled { get; set; }

    /// <summary>When something of it was last seen to end, as a timestamp of the clock.</summary>
    public long LastEnd { get; set; }

    /// <summary>Whether its last grain was seen to end, so that the whole may have.</summary>
    public bool NearEnd { get; set; }

    /// <summary>When the next look whether it has ended is due, as a timestamp of the clock: a look at thousands of grains takes its time.</summary>
    public long NextLook { get; set; }

    /// <summary>A grain of the plan; null where it is none of its.</summary>
    public PlannedGrain? Find(GrainKey key) => _ledger.Find(key);

    /// <summary>The queue that a grain belongs to.</summary>
    public GrainQueue QueueOf(PlannedGrain grain) => Queues.First(q => q.Lane == grain.Lane && q.Code == grain.Code);

    /// <summary>Uses the ledger, one at a time.</summary>
    public async Task<T> WithLedgerAsync<T>(Func<CampaignLedger, Task<T>> use)
    {
        await _gate.EnterAsync().ConfigureAwait(false);
        try
        {
            return await use(_ledger).ConfigureAwait(false);
        }
        finally
        {
            _gate.Leave();
        }
    }

    public void Dispose() => Stop.Dispose();
}
