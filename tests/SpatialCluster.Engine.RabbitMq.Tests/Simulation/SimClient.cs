using SpatialCluster.Artifacts.Content;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A simulated person who runs a campaign, and tries again when broker or store are away.</summary>
#pragma warning disable CA1001 // Nothing of a simulation is let go of: it is garbage as a whole.
internal sealed class SimClient
#pragma warning restore CA1001
{
    private readonly SimPlan _plan;
    private readonly RabbitMqEngine _engine;
    private readonly CampaignStore _campaigns;
    private readonly SimConnection _connection;
    private readonly SimClock _clock;

    public SimClient(SimCluster cluster, string name, SimPlan plan)
    {
        _plan = plan;
        Process = new SimProcess(cluster.Loop, name);
        _connection = new SimConnection(Process, cluster.Broker);
        _clock = new SimClock(Process, TimeSpan.Zero);
        var records = new GrainRecords(new ContentStore(new SimStore(Process, cluster.Store, cluster.Faults, cluster.Witness), _clock));
        _engine = new RabbitMqEngine(_connection, records, SimCluster.Scope, _clock);
        _campaigns = new CampaignStore(records);
        Observer = new SimObserver(cluster.Loop, name);
    }

    public SimPlan Plan => _plan;

    public SimProcess Process { get; }

    public SimObserver Observer { get; }

    public CampaignOutcome? Outcome { get; private set; }

    public bool WasCancelled { get; private set; }

    public Exception? Failure { get; private set; }

    public bool HasEnded => Outcome is not null || WasCancelled || Failure is not null;

    public SimClient Run(CancellationToken cancellation = default)
    {
        Process.After(TimeSpan.Zero, () => _ = TryAsync(async () =>
        {
            Process.Loop.Tell(Process.Name, $"runs {_plan.Id}");
            Outcome = await _engine.RunAsync(_plan.Plan, Observer, cancellation).ConfigureAwait(false);
        }));
        return this;
    }

    public SimClient Cancel()
    {
        Process.After(TimeSpan.Zero, () => _ = TryAsync(async () =>
        {
            Process.Loop.Tell(Process.Name, $"cancels {_plan.Id}");
            await _campaigns.CancelAsync(_plan.Id).ConfigureAwait(false);
            _connection.Tell(new Campaigns.Silos.ClusterEvent(Campaigns.Silos.ClusterEventKind.CampaignCancelled, _plan.Id, ""));
            WasCancelled = true;
        }));
        return this;
    }

    private async Task TryAsync(Func<Task> act)
    {
        while (true)
        {
            try
            {
                await act().ConfigureAwait(false);
                Process.Loop.Tell(Process.Name, $"has done with {_plan.Id}: {Outcome}");
                return;
            }
            catch (OperationCanceledException)
            {
                Process.Loop.Tell(Process.Name, $"hears that {_plan.Id} was cancelled");
                WasCancelled = true;
                return;
            }
            catch (SpatialClusterException away) when (away is BrokerFailedException or StoreFailedException)
            {
                Process.Loop.Tell(Process.Name, $"tries again: {away.Message}");
            }
            catch (Exception failure)
            {
                Process.Loop.Tell(Process.Name, $"fails: {failure}");
                Failure = failure;
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(3), _clock, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
