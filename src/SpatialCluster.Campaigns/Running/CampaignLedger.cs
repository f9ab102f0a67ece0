using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Campaigns.Running;

/// <summary>
/// How far a campaign is, for one who is not alone in running it: what the store holds is taken up step by step, and what was
/// seen to have ended is not asked for again. For one caller at a time.
/// </summary>
public sealed class CampaignLedger
{
    private readonly GrainRecords _records;
    private readonly GrainSchedule _schedule;
    private readonly int[] _inputsSeen;
    private readonly bool[] _seenDone;
    private readonly List<(GrainKey Key, GrainKey Cause, GrainFailure Failure)> _lost = [];
    private readonly SortedSet<int> _ready;

    /// <summary>Begins with nothing seen.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="records">The store.</param>
    public CampaignLedger(CampaignPlan plan, GrainRecords records)
    {
        (Plan, _records) = (plan, records);
        _schedule = new GrainSchedule(plan.Grains);
        _inputsSeen = new int[plan.Grains.Count];
        _seenDone = new bool[plan.Grains.Count];
        _ready = [.. _schedule.Roots()];
    }

    /// <summary>The campaign.</summary>
    public CampaignPlan Plan { get; }

    /// <summary>Whether every grain was seen to have ended.</summary>
    public bool Finished => _schedule.Finished;

    /// <summary>Grains seen done.</summary>
    public int Done { get; private set; }

    /// <summary>Grains seen given up.</summary>
    public int Failed { get; private set; }

    /// <summary>Grains whose inputs were all seen done, and which were not seen to have ended; in the plan's order.</summary>
    public IReadOnlyList<PlannedGrain> Ready => [.. _ready.Select(place => Plan.Grains[place])];

    /// <summary>A grain of the plan.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>The grain; null where the plan has none of that key.</returns>
    public PlannedGrain? Find(GrainKey key) => _schedule.PlaceOf(key) is { } place ? Plan.Grains[place] : null;

    /// <summary>Takes up what ended since: looks at all that is ready, and at what becomes ready thereby.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What was seen to have ended now: done, or given up with the reason.</returns>
    /// <exception cref="StoreFailedException">The store failed; what was seen before that is kept.</exception>
    public Task<IReadOnlyList<GrainOutcome>> AdvanceAsync(CancellationToken cancellation) => AdvanceAsync([.. _ready], null, cancellation);

    /// <summary>Takes up some that are said to have ended, and what becomes ready thereby.</summary>
    /// <param name="told">Which; others' keys are no error.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What was seen to have ended now: done, or given up with the reason.</returns>
    /// <exception cref="StoreFailedException">The store failed; what was seen before that is kept.</exception>
    public Task<IReadOnlyList<GrainOutcome>> AdvanceAsync(IEnumerable<GrainKey> told, CancellationToken cancellation) =>
        AdvanceAsync(Told(told), null, cancellation);

    /// <summary>Takes up some that are said to have ended, and no more: thousands of grains are looked at in steps, between which others have their turn.</summary>
    /// <param name="told">Which; others' keys are no error.</param>
    /// <param name="next">Gets what becomes ready thereby, and is to be looked at next.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What was seen to have ended now: done, or given up with the reason.</returns>
    /// <exception cref="StoreFailedException">The store failed; what was seen before that is kept.</exception>
    public Task<IReadOnlyList<GrainOutcome>> StepAsync(IEnumerable<GrainKey> told, Queue<GrainKey> next, CancellationToken cancellation) =>
        AdvanceAsync(Told(told), next, cancellation);

    private int[] Told(IEnumerable<GrainKey> told) => [.. told.Select(_schedule.PlaceOf).OfType<int>().Where(_ready.Contains).Distinct()];

    private async Task<IReadOnlyList<GrainOutcome>> AdvanceAsync(int[] places, Queue<GrainKey>? later, CancellationToken cancellation)
    {
        var ended = new List<GrainOutcome>();
        while (places.Length > 0)
        {
            int[] wave = places;
            var failures = new GrainFailure?[wave.Length];
            await Several.ForEachAsync(wave.Length, async i =>
            {
                if (!await IsDoneAsync(Plan.Grains[wave[i]].Key, cancellation).ConfigureAwait(false))
                    failures[i] = await _records.FindFailureAsync(Plan.Grains[wave[i]].Key, cancellation).ConfigureAwait(false);
            }).ConfigureAwait(false);
            var next = new List<int>();
            for (int i = 0; i < wave.Length; i++)
            {
                if (_seenDone[wave[i]])
                    next.AddRange(Complete(wave[i], ended));
                else if (failures[i] is { } failure)
                    Fail(wave[i], failure, ended);
            }

            if (later is null)
            {
                places = [.. next];
                continue;
            }

            foreach (int place in next)
                later.Enqueue(Plan.Grains[place].Key);
            break;
        }

        return ended;
    }

    private IReadOnlyList<int> Complete(int place, List<GrainOutcome> ended)
    {
        _ready.Remove(place);
        Done++;
        ended.Add(new GrainOutcome(Plan.Grains[place].Key, GrainState.Done, 0));
        IReadOnlyList<int> next = _schedule.Complete(place);
        _ready.UnionWith(next);
        return next;
    }

    private void Fail(int place, GrainFailure failure, List<GrainOutcome> ended)
    {
        PlannedGrain grain = Plan.Grains[place];
        _ready.Remove(place);
        Failed++;
        ended.Add(new GrainOutcome(grain.Key, GrainState.Failed, 0, failure.Message));
        string reason = NotTried(grain, failure.Message);
        foreach (int lost in _schedule.Fail(place))
        {
            _ready.Remove(lost);
            Failed++;
            _lost.Add((Plan.Grains[lost].Key, grain.Key, new GrainFailure(reason, 0, grain.Key.ToString())));
            ended.Add(new GrainOutcome(Plan.Grains[lost].Key, GrainState.Failed, 0, reason));
        }
    }

    /// <summary>What a grain that is done makes ready: those that need it, and whose other inputs are done, too.</summary>
    /// <param name="done">The grain.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>In the plan's order. Two who end the last inputs of one grain at once may both get it.</returns>
    public async Task<IReadOnlyList<PlannedGrain>> ReadyAfterAsync(GrainKey done, CancellationToken cancellation)
    {
        var ready = new List<PlannedGrain>();
        foreach (int place in _schedule.DependentsOf(PlaceOf(done)))
        {
            // A report needs a result of every run: what was seen once is not looked for again.
            IReadOnlyList<GrainKey> inputs = Plan.Grains[place].Inputs;
            while (_inputsSeen[place] < inputs.Count
                && await IsDoneAsync(inputs[_inputsSeen[place]], cancellation).ConfigureAwait(false))
            {
                _inputsSeen[place]++;
            }

            if (_inputsSeen[place] == inputs.Count)
                ready.Add(Plan.Grains[place]);
        }

        return ready;
    }

    /// <summary>Records of everything that needs a grain which was given up that it will not be tried.</summary>
    /// <param name="failed">The grain.</param>
    /// <param name="message">Why it was given up.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What will not be tried, with the reason.</returns>
    public async Task<IReadOnlyList<GrainOutcome>> FailDownstreamAsync(PlannedGrain failed, string message, CancellationToken cancellation)
    {
        var lost = new SortedSet<int>();
        var open = new Stack<int>(_schedule.DependentsOf(PlaceOf(failed.Key)));
        while (open.TryPop(out int next))
        {
            if (!lost.Add(next))
                continue;
            foreach (int further in _schedule.DependentsOf(next))
                open.Push(further);
        }

        string reason = NotTried(failed, message);
        var ended = new List<GrainOutcome>(lost.Count);
        foreach (PlannedGrain grain in lost.Select(place => Plan.Grains[place]))
        {
            await _records.FailAsync(grain.Key, new GrainFailure(reason, 0, failed.Key.ToString()), cancellation).ConfigureAwait(false);
            ended.Add(new GrainOutcome(grain.Key, GrainState.Failed, 0, reason));
        }

        return ended;
    }

    /// <summary>Records of everything that was seen to need a grain which was given up that it will not be tried, unless that is recorded, or the failure was taken back.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is recorded.</returns>
    public async Task RecordLostAsync(CancellationToken cancellation)
    {
        // Whoever runs a campaign again takes failures back; what was seen of them before that is not to spoil his run.
        var stands = new Dictionary<GrainKey, bool>();
        foreach ((GrainKey key, GrainKey cause, GrainFailure failure) in _lost)
        {
            if (!stands.TryGetValue(cause, out bool there))
                stands[cause] = there = await _records.FindFailureAsync(cause, cancellation).ConfigureAwait(false) is not null;
            if (there)
                await _records.FailAsync(key, failure, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsDoneAsync(GrainKey key, CancellationToken cancellation)
    {
        int place = PlaceOf(key);
        return _seenDone[place] || (_seenDone[place] = await _records.FindResultAsync(key, cancellation).ConfigureAwait(false) is not null);
    }

    private int PlaceOf(GrainKey key) => _schedule.PlaceOf(key) ?? throw new ArgumentException($"{key} is no grain of the campaign {Plan.Id}.", nameof(key));

    private static string NotTried(PlannedGrain failed, string message) => $"Not tried, since '{failed.Title}' failed: {message}";
}
