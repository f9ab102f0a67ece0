using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Tests.Running;

public sealed class GrainLeaseTests
{
    private static readonly GrainKey s_key = new SumPlan().Add(1, [])[1].Key;

    private readonly SettableClock _clock = new();
    private readonly LosingStore _store = new(new MemoryArtifactStore());
    private readonly GrainRecords _records;

    public GrainLeaseTests() => _records = new GrainRecords(new ContentStore(_store));

    [Fact]
    public async Task TryTake_WhileAnotherHoldsIt_GivesNothing()
    {
        await using GrainLease? first = await Take(ClaimOwner.Create());
        first!.Attempt.ShouldBe(1);
        (await Take(ClaimOwner.Create())).ShouldBeNull();
    }

    [Fact]
    public async Task TryTake_AfterItWasGivenBack_IsTheNextAttempt()
    {
        await (await Take(ClaimOwner.Create()))!.DisposeAsync();
        await using GrainLease? second = await Take(ClaimOwner.Create());
        second!.Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task TryTake_FromADeadProcessOfThisMachine_SucceedsAtOnce()
    {
        ClaimOwner me = ClaimOwner.Create();
        me.IsDead.ShouldBeFalse();
        // A number that has another start time is another process: the one that claimed is dead.
        ClaimOwner dead = me with { Id = "dead", Started = "1" };
        dead.IsDead.ShouldBeTrue();
        GrainLease? lost = await Take(dead);
        await using GrainLease? taken = await Take(me);
        taken!.Attempt.ShouldBe(2);
        await Should.ThrowAsync<GrainLostException>(() => lost!.RequireAsync(CancellationToken.None));
        lost!.Lost.IsCancellationRequested.ShouldBeTrue();
        await lost.DisposeAsync();
        await taken.RequireAsync(CancellationToken.None);
    }

    [Fact]
    public async Task TryTake_FromASilentOwnerElsewhere_WaitsForTheLease()
    {
        ClaimOwner elsewhere = ClaimOwner.Create() with { Id = "elsewhere", Place = "another machine" };
        GrainLease? frozen = await Take(elsewhere);
        _clock.Passed = GrainClaim.Lease - TimeSpan.FromSeconds(35);
        (await Take(ClaimOwner.Create())).ShouldBeNull();
        _clock.Passed = GrainClaim.Lease - TimeSpan.FromSeconds(5);
        (await Take(ClaimOwner.Create())).ShouldBeNull();
        _clock.Passed = GrainClaim.Lease + TimeSpan.FromSeconds(5);
        await using GrainLease? taken = await Take(ClaimOwner.Create());
        taken!.Attempt.ShouldBe(2);
        await Should.ThrowAsync<GrainLostException>(() => frozen!.RequireAsync(CancellationToken.None));
        await frozen!.DisposeAsync();
    }

    [Fact]
    public async Task TryTake_FromALivingOwnerWhoseClockIsFarAhead_GivesNothing()
    {
        ClaimOwner elsewhere = ClaimOwner.Create() with { Id = "elsewhere", Place = "another machine" };
        _clock.Ahead = TimeSpan.FromMinutes(5);
        await using GrainLease? living = await Take(elsewhere);
        for (int i = 0; i < 10; i++)
        {
            _clock.Ahead = TimeSpan.Zero;
            (await Take(ClaimOwner.Create())).ShouldBeNull();
            _clock.Passed += GrainClaim.Heartbeat;
            _clock.Ahead = TimeSpan.FromMinutes(5);
            await living!.NoteProgressAsync(CancellationToken.None);
            await Renew(elsewhere);
        }

        async Task Renew(ClaimOwner owner)
        {
            GrainClaim claim = (await _records.FindClaimAsync(s_key))!;
            claim.Owner.ShouldBe(owner);
            ArtifactInfo there = (await _store.FindAsync(StoreLayout.Claim(s_key)))!;
            byte[] renewed = (claim with { Renewed = _clock.GetUtcNow() }).ToJson();
            (await _store.ReplaceAsync(there.Name, there.Tag, (stream, stop) => stream.WriteAsync(renewed, stop).AsTask())).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task TryTake_OfAClaimFromAClockFarAhead_SucceedsWhenItWasSeenToBeSilent()
    {
        ClaimOwner elsewhere = ClaimOwner.Create() with { Id = "elsewhere", Place = "another machine" };
        _clock.Ahead = TimeSpan.FromDays(1);
        GrainLease? early = await Take(elsewhere);
        _clock.Ahead = TimeSpan.Zero;
        (await Take(ClaimOwner.Create())).ShouldBeNull();
        _clock.Passed = 2 * GrainClaim.Heartbeat;
        await using GrainLease? taken = await Take(ClaimOwner.Create());
        taken!.Attempt.ShouldBe(2);
        await Should.ThrowAsync<GrainLostException>(() => early!.RequireAsync(CancellationToken.None));
        await early!.DisposeAsync();
    }

    [Fact]
    public async Task Require_WhileItHolds_RenewsNothingAndThrowsNothing()
    {
        await using GrainLease? lease = await Take(ClaimOwner.Create());
        await lease!.RequireAsync(CancellationToken.None);
        await lease.RequireAsync(CancellationToken.None);
        lease.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task TryTake_ByTheSameMessageDeliveredAgain_DoesNotWaitForTheLease()
    {
        ClaimOwner elsewhere = Elsewhere("killed");
        GrainLease? killed = await Take(elsewhere, "ticket");
        (await Take(ClaimOwner.Create(), "ticket")).ShouldBeNull("it was not delivered again: it is there twice");
        (await Take(ClaimOwner.Create(), "another", redelivered: true)).ShouldBeNull();
        await using GrainLease? taken = await Take(ClaimOwner.Create(), "ticket", redelivered: true);
        (taken!.Attempt, taken.Crashes, taken.CrashesSince).ShouldBe((2, 1, 1));
        await Should.ThrowAsync<GrainLostException>(() => killed!.RequireAsync(CancellationToken.None));
        await killed!.DisposeAsync();
        await taken.RequireAsync(CancellationToken.None);
    }

    [Fact]
    public async Task TryTake_AfterSilentEnds_CountsThemUntilOneLeavesACheckpoint()
    {
        for (int i = 0; i < 3; i++)
            (await Take(Elsewhere($"killed {i}"), "t", redelivered: true))!.Crashes.ShouldBe(i);
        GrainLease? fourth = await Take(Elsewhere("killed 3"), "t", redelivered: true);
        (fourth!.Crashes, fourth.CrashesSince).ShouldBe((3, 1));
        await fourth.NoteProgressAsync(CancellationToken.None);
        GrainLease? fifth = await Take(Elsewhere("killed 4"), "t", redelivered: true);
        fifth!.Crashes.ShouldBe(0);
        GrainLease? sixth = await Take(Elsewhere("killed 5"), "t", redelivered: true);
        (sixth!.Crashes, sixth.CrashesSince).ShouldBe((1, 5));
    }

    [Fact]
    public async Task TryTake_AfterAFailureThatMayPass_KnowsOfIt()
    {
        GrainLease? first = await Take(ClaimOwner.Create());
        first!.NoteFailure();
        await first.DisposeAsync();
        GrainLease? second = await Take(ClaimOwner.Create());
        (second!.Failures, second.Crashes).ShouldBe((1, 0));
        second.NoteGivenUp();
        await second.DisposeAsync();
        await using GrainLease? third = await Take(ClaimOwner.Create());
        third!.Failures.ShouldBe(0);
    }

    [Fact]
    public async Task TryTake_WhoseAnswerIsLost_HoldsTheClaimAllTheSame()
    {
        bool once = true;
        _store.Loses = _ => once && !(once = false);
        await using GrainLease? taken = await Take(ClaimOwner.Create());
        taken!.Attempt.ShouldBe(1);
        await taken.RequireAsync(CancellationToken.None);
    }

    [Fact]
    public async Task NoteProgress_WhoseAnswerIsLost_DoesNotMakeTheLeaseLost()
    {
        await using GrainLease? lease = await Take(ClaimOwner.Create());
        _store.Loses = _ => true;
        await Should.ThrowAsync<StoreFailedException>(() => lease!.NoteProgressAsync(CancellationToken.None));
        _store.Loses = _ => false;
        await lease!.RequireAsync(CancellationToken.None);
        lease.Lost.IsCancellationRequested.ShouldBeFalse();
        (await _records.FindClaimAsync(s_key))!.Progressed.ShouldBeTrue();
    }

    [Fact]
    public async Task Abandon_WhileTheWorkGoesOn_LetsOthersInAndThatPublishNothing()
    {
        GrainLease? stubborn = await Take(ClaimOwner.Create());
        await stubborn!.AbandonAsync();
        stubborn.Lost.IsCancellationRequested.ShouldBeTrue();
        await Should.ThrowAsync<GrainLostException>(() => stubborn.RequireAsync(CancellationToken.None));
        await using GrainLease? next = await Take(ClaimOwner.Create());
        (next!.Attempt, next.Crashes).ShouldBe((2, 0));
        await stubborn.DisposeAsync();
        await next.RequireAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Take_OfAClaimWhoseOwnerTheEngineKnowsToBeGone_WaitsForNoLease()
    {
        await using GrainLease? gone = await Take(Elsewhere("gone"), "silo-1");
        (await TakeKnowing("silo-2", ticket => ticket == "silo-7")).ShouldBeNull("nobody knows that silo-1 is gone");
        await using GrainLease? next = await TakeKnowing("silo-2", ticket => ticket == "silo-1");
        (next!.Attempt, next.Crashes).ShouldBe((2, 1));
        await Should.ThrowAsync<GrainLostException>(() => gone!.RequireAsync(CancellationToken.None));
        (await TakeKnowing("silo-3", ticket => ticket == "silo-1")).ShouldBeNull("the claim is that of silo-2 now");
    }

    private Task<GrainLease?> TakeKnowing(string ticket, Func<string, bool> isGone) =>
        GrainLease.TryTakeAsync(_records, s_key, Elsewhere(ticket), new GrainDelivery { Ticket = ticket, IsGone = isGone }, _clock, CancellationToken.None);

    private static ClaimOwner Elsewhere(string id) => new(id, "another machine", 1, "1");

    private Task<GrainLease?> Take(ClaimOwner owner, string ticket, bool redelivered = false) =>
        GrainLease.TryTakeAsync(_records, s_key, owner, new GrainDelivery { Ticket = ticket, Redelivered = redelivered }, _clock, CancellationToken.None);

    private Task<GrainLease?> Take(ClaimOwner owner) => GrainLease.TryTakeAsync(_records, s_key, owner, GrainDelivery.None, _clock, CancellationToken.None);
}
