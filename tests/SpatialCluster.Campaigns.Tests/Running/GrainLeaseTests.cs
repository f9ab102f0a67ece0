using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Tests.Running;

public sealed class GrainLeaseTests
{
    private static readonly GrainKey s_key = new SumPlan().Add(1, [])[1].Key;

    private readonly SettableClock _clock = new();
    private readonly GrainRecords _records = new(new ContentStore(new MemoryArtifactStore()));

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
        _clock.Ahead = GrainClaim.Lease - TimeSpan.FromSeconds(5);
        (await Take(ClaimOwner.Create())).ShouldBeNull();
        _clock.Ahead = GrainClaim.Lease + TimeSpan.FromSeconds(5);
        await using GrainLease? taken = await Take(ClaimOwner.Create());
        taken!.Attempt.ShouldBe(2);
        await Should.ThrowAsync<GrainLostException>(() => frozen!.RequireAsync(CancellationToken.None));
        await frozen!.DisposeAsync();
    }

    [Fact]
    public async Task TryTake_OfAClaimFromAClockFarAhead_Succeeds()
    {
        ClaimOwner elsewhere = ClaimOwner.Create() with { Id = "elsewhere", Place = "another machine" };
        _clock.Ahead = TimeSpan.FromDays(1);
        GrainLease? early = await Take(elsewhere);
        _clock.Ahead = TimeSpan.Zero;
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

    private Task<GrainLease?> Take(ClaimOwner owner) => GrainLease.TryTakeAsync(_records, s_key, owner, GrainDelivery.None, _clock, CancellationToken.None);
}
