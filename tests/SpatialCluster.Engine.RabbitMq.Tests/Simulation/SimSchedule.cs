using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>One schedule: silos, campaigns and faults that a seed draws, and what must hold at the end.</summary>
internal sealed class SimSchedule
{
    private static readonly TimeSpan s_most = TimeSpan.FromMinutes(20);

    private readonly SimCluster _cluster;
    private readonly Random _random;
    private readonly List<SimPlan> _plans = [];
    private readonly List<string> _wrong = [];
    private bool _storeFails;

    public SimSchedule(int seed, bool writesLog)
    {
        _cluster = new SimCluster(seed, writesLog);
        _random = _cluster.Loop.Random;
    }

    public SimCluster Cluster => _cluster;

    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>From when nothing went wrong any more to the end of everything.</summary>
    public TimeSpan Settling { get; private set; }

    public void Play()
    {
        SimLoop loop = _cluster.Loop;
        for (int i = 0; i < _random.Next(1, 4); i++)
            _plans.Add(Plan(i));
        AddSilos();
        foreach (SimPlan plan in _plans)
            loop.After(loop.Between(0, 20), null, () => _cluster.Client(plan).Run());
        TimeSpan faulty = loop.Between(20, 150);
        Draw(faulty);
        loop.RunFor(faulty);
        Heal();
        // What a client had on its way when it was killed may still arrive.
        loop.RunFor(TimeSpan.FromSeconds(25));
        long healed = loop.Now;
        loop.Tell("", "from here on nothing goes wrong");
        SimClient[] last = [.. _plans.Select(plan => _cluster.Client(plan).Run())];
        Replace();
        bool ended = loop.RunUntil(() => last.All(c => c.HasEnded) && IsClear(), s_most);
        Settling = TimeSpan.FromTicks(loop.Now - healed);
        // What is on its way arrives, what is frozen thaws, what is kept is given up.
        if (ended)
            loop.RunFor(TimeSpan.FromSeconds(150));
        Check(ended, last);
        loop.Close();
    }

    private SimPlan Plan(int number)
    {
        var plan = new SimPlan($"plan-{number}");
        int grains = _random.Next(2, 11);
        string second = _random.Next(3) == 0 ? SimWork.SecondCode : SimWork.FirstCode;
        for (int i = 0; i < grains; i++)
        {
            // Some grains are the same in several campaigns.
            bool shared = i < 2 && _random.Next(3) == 0;
            SimSpec spec = shared
                ? new SimSpec { Title = $"shared/{i}", Epochs = 4, EpochSeconds = 1.5 }
                : Spec($"{number}/{i}", second);
            PlannedGrain[] inputs = shared ? [] : [.. plan.Grains.Where(g => _random.Next(plan.Grains.Count) < 2 && _random.Next(3) > 0)];
            plan.Add(spec, inputs);
        }

        plan.Report(second);
        return plan;
    }

    private SimSpec Spec(string title, string second)
    {
        var spec = new SimSpec
        {
            Title = title,
            Code = _random.Next(2) == 0 ? second : SimWork.FirstCode,
            Lane = _random.Next(5) == 0 ? Lane.Io : Lane.Cpu,
            Bytes = _random.Next(12) == 0 ? 150 : _random.Next(5, 60),
            Epochs = _random.Next(1, 10),
            EpochSeconds = Math.Round(0.2 + (_random.NextDouble() * 2.5), 2),
        };
        return _random.Next(14) switch
        {
            0 => spec with { Poison = true },
            1 => spec with { Fails = "Permanent", Epochs = 1 },
            2 => spec with { Fails = "Transient", Epochs = 1 },
            3 => spec with { Checkpoints = false },
            4 => spec with { Checkpoints = false, Stops = false, Epochs = 1, EpochSeconds = 20 },
            5 => spec with { Epochs = 30 },
            _ => spec,
        };
    }

    private void AddSilos()
    {
        for (int i = 0; i < _random.Next(2, 5); i++)
            _cluster.Silo(Options());
    }

    private SimSiloOptions Options() => new()
    {
        Codes = _random.Next(4) switch { 0 => [SimWork.FirstCode], 1 => [SimWork.SecondCode], _ => [SimWork.FirstCode, SimWork.SecondCode] },
        Devices = _random.Next(3) switch { 0 => [Lane.Cpu, Lane.Io], 1 => [Lane.Cpu, Lane.Cpu, Lane.Io], _ => [Lane.Cpu] },
        MemoryLimit = _random.Next(5) == 0 ? 200 : 100,
        Segment = TimeSpan.FromSeconds(_random.Next(8, 30)),
        Poll = TimeSpan.FromSeconds(2),
        Watch = TimeSpan.FromSeconds(3),
        ClockOff = _cluster.Loop.Between(-3, 3),
    };

    private void Draw(TimeSpan faulty)
    {
        SimFaults faults = _cluster.Faults;
        if (_random.Next(2) == 0)
            (faults.StoreRefuses, faults.StoreLosesAnswers) = (_random.NextDouble() * 0.02, _random.NextDouble() * 0.02);
        if (_random.Next(3) == 0)
            faults.StoreIsSlow = _random.NextDouble() * 0.01;
        if (_random.Next(2) == 0)
            (faults.BrokerLosesConfirmations, faults.BrokerDuplicates) = (_random.NextDouble() * 0.05, _random.NextDouble() * 0.05);
        _storeFails = faults.StoreRefuses > 0 || faults.StoreIsSlow > 0;
        faults.BrokerLosesEvents = _random.Next(2) * 0.05;
        for (int i = 0; i < _random.Next(0, 9); i++)
            _cluster.Loop.After(_random.NextDouble() * faulty, null, Strike);
        // What a person would do, or Kubernetes: a silo that died is replaced.
        for (TimeSpan at = TimeSpan.FromSeconds(10); at < faulty; at += TimeSpan.FromSeconds(10))
            _cluster.Loop.After(at, null, () =>
            {
                if (_cluster.Silos.Count(s => s.Works) < 2)
                    _cluster.Silo(Options());
            });
    }

    private void Strike()
    {
        SimLoop loop = _cluster.Loop;
        SimSilo[] alive = [.. _cluster.Silos.Where(s => !s.Process.IsDead)];
        SimSilo? silo = alive.Length > 0 ? alive[_random.Next(alive.Length)] : null;
        SimPlan plan = _plans[_random.Next(_plans.Count)];
        switch (_random.Next(12))
        {
            case 0 or 1:
                silo?.Process.Kill();
                break;
            case 2 or 3:
                silo?.Process.Freeze(loop.Chance(0.5) ? loop.Between(1, 30) : loop.Between(30, 150));
                break;
            case 4 or 5:
                silo?.Connection.Cut();
                break;
            case 6:
                _cluster.Broker.Restart(loop.Between(0.5, 40));
                break;
            case 7:
                loop.Tell("store", "is away");
                _storeFails = _cluster.Faults.StoreIsAway = true;
                loop.After(loop.Between(0.5, 70), null, () => _cluster.Faults.StoreIsAway = false);
                break;
            case 8:
                if (loop.Chance(0.5))
                    silo?.Drain();
                else
                    silo?.Stop();
                break;
            case 9:
                _cluster.Client(plan).Cancel();
                if (loop.Chance(0.7))
                    loop.After(loop.Between(0.1, 30), null, () => _cluster.Client(plan).Run());
                break;
            case 10:
                SimClient client = _cluster.Client(plan).Run();
                loop.After(loop.Between(0, 3), null, client.Process.Kill);
                break;
            default:
                if (loop.Chance(0.3))
                    _cluster.Broker.LoseEverything();
                else
                    _cluster.Client(plan).Run();
                break;
        }
    }

    private void Heal()
    {
        _cluster.Faults.Cease();
        foreach (SimClient client in _cluster.Clients)
            client.Process.Kill();
    }

    // One silo of each version works from here on; a poisonous grain kills it, and it comes back.
    private void Replace()
    {
        foreach (string code in new[] { SimWork.FirstCode, SimWork.SecondCode })
        {
            if (!_cluster.Silos.Any(s => s.Works && !s.Process.IsFrozen && s.Options.Codes.Contains(code) && s.Options.Devices.Contains(Lane.Io)))
                _cluster.Silo(Options() with { Codes = [code], Devices = [Lane.Cpu, Lane.Io] });
        }

        _cluster.Loop.After(TimeSpan.FromSeconds(5), null, Replace);
    }

    private bool IsClear() => _cluster.Broker.Queues.Count == 0 && _cluster.Names(StoreLayout.Active).Count == 0;

    private void Check(bool ended, SimClient[] last)
    {
        _wrong.AddRange(_cluster.Witness.Violations);
        if (!ended)
        {
            foreach (SimClient client in last.Where(c => !c.HasEnded))
                _wrong.Add($"{client.Process.Name} still waits for {client.Plan.Id}.");
            if (!IsClear())
                _wrong.Add($"Left: {string.Join(' ', _cluster.Broker.Queues.Select(q => $"{q.Key}({q.Value.Count})").Concat(_cluster.Names(StoreLayout.Active)))}.");
        }
        else if (!IsClear())
        {
            _wrong.Add($"Came again: {string.Join(' ', _cluster.Broker.Queues.Select(q => $"{q.Key}({q.Value.Count})").Concat(_cluster.Names(StoreLayout.Active)))}.");
        }

        foreach (SimClient client in last.Where(c => c.Failure is not null || c.WasCancelled))
            _wrong.Add($"{client.Process.Name} ended oddly: {client.Failure}");
        foreach (SimSilo silo in _cluster.Silos.Where(s => s.Run is { IsFaulted: true }))
            _wrong.Add($"{silo.Process.Name} broke down: {silo.Run!.Exception!.InnerException}");
        foreach (SimSilo silo in _cluster.Silos.Where(s => s.HasLeft && !s.Process.WasFrozen && s.Leaving > TimeSpan.FromSeconds(10)))
            _wrong.Add($"{silo.Process.Name} took {silo.Leaving.TotalSeconds:F1} s to leave.");
        foreach (SimPlan plan in _plans)
        {
            foreach (PlannedGrain grain in plan.Grains)
                Check(plan, grain, ended);
        }
    }

    private void Check(SimPlan plan, PlannedGrain grain, bool ended)
    {
        SimSpec spec = plan.Specs[grain.Key];
        GrainResult? result = _cluster.Result(grain);
        GrainFailure? failure = _cluster.Failure(grain);
        SimAttempt[] attempts = [.. _cluster.Ledger.Of(spec.Title)];
        if (result is not null && (long)result.Values["state"]! != plan.Expected(grain))
            _wrong.Add($"{grain.Title} has another result than it should.");
        if (_cluster.Witness.Results.GetValueOrDefault(StoreLayout.Folder(grain.Key).TrimEnd('/')) > 1)
            _wrong.Add($"{grain.Title} was committed twice.");
        if (ended && result is null && failure is null)
            _wrong.Add($"{grain.Title} has neither result nor failure.");
        if (result is null && failure is not null && !IsJustified(plan, grain, spec, failure))
            _wrong.Add($"{grain.Title} failed without need: {failure.Message}");
        if (spec.Fails is not null && failure is { Attempt: > 0 } && !failure.Message.Contains("processes in a row") && _cluster.Truth.ReadAsync(StoreLayout.AttemptError(grain.Key, failure.Attempt)).Result is null)
            _wrong.Add($"{grain.Title} failed, and nothing says how.");
        CheckLoss(spec, attempts);
    }

    private bool IsJustified(SimPlan plan, PlannedGrain grain, SimSpec spec, GrainFailure failure)
    {
        if (failure.Cause is not null)
            return grain.Inputs.Any(input => _cluster.Failure(plan.Grains.First(g => g.Key == input)) is not null);
        if (spec.Poison || spec.Fails is not null)
            return true;
        // An innocent may have been there each time when a process died, or was frozen for long.
        string folder = StoreLayout.Folder(grain.Key).TrimEnd('/');
        return failure.Message.Contains("processes in a row")
            && _cluster.Silos.Count(s => (s.Process.IsDead || s.Process.WasFrozen) && !s.HasLeft && _cluster.Witness.Claimed.Contains((folder, s.Process.Name))) >= SimCluster.MostCrashes;
    }

    // In the earlier one's own time, an attempt begins at most a checkpoint interval, and the epochs around its ends, before where an earlier one was.
    private void CheckLoss(SimSpec spec, SimAttempt[] attempts)
    {
        if (!spec.Checkpoints || spec.Fails is not null || _storeFails)
            return;
        TimeSpan allowed = SimCluster.CheckpointInterval + (2 * TimeSpan.FromSeconds(spec.EpochSeconds)) + TimeSpan.FromSeconds(1);
        for (int i = 1; i < attempts.Length; i++)
        {
            SimAttempt now = attempts[i];
            foreach (SimAttempt before in attempts[..i])
            {
                // It may have died long before; what it did last it did at its end.
                long end = before.Epochs.Where(e => e.Time <= now.Began).Select(e => e.Time).DefaultIfEmpty(0).Max();
                int then = before.Epochs.Where(e => e.Time <= end && before.Process.Lived(e.Time, end) >= allowed.Ticks).Select(e => e.Epochs).DefaultIfEmpty(0).Max();
                if (then > now.First)
                {
                    _wrong.Add($"{spec.Title} began at epoch {now.First} on {now.Process.Name}, although {then} were done on {before.Process.Name} {allowed.TotalSeconds:F1} s before.");
                    return;
                }
            }
        }
    }

}
