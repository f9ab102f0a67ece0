using System.Runtime.CompilerServices;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>The store as one process sees it: it takes time, and fails before or after the effect.</summary>
internal sealed class SimStore(SimProcess process, MemoryArtifactStore store, SimFaults faults, SimWitness witness) : IArtifactStore
{
    public string Location => "the simulated store";

    public Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        ReplaceAsync(name, null, write, cancellation);

    public Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<ArtifactTag?>(cancellation);
        var content = new MemoryStream();
        write(content, cancellation).IsCompletedSuccessfully.ShouldBeTrue("what is written is at hand");
        byte[] bytes = content.ToArray();
        return Call("write", name, true, () =>
        {
            ArtifactTag? tag = store.ReplaceAsync(name, expected, (stream, stop) => stream.WriteAsync(bytes, stop).AsTask(), CancellationToken.None).Result;
            if (tag is not null)
                witness.Wrote(process, name, bytes, expected is not null);
            return tag;
        }, cancellation);
    }

    public Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default) =>
        Call("open", name, false, () => Look(name, store.OpenAsync(name, range, CancellationToken.None).Result), cancellation);

    public Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default) =>
        Call("find", name, false, () => Look(name, store.FindAsync(name, CancellationToken.None).Result), cancellation);

    public async IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        List<ArtifactInfo> all = await Call("list", null, false, () => store.ListAsync(prefix, CancellationToken.None).ToBlockingEnumerable().ToList(), cancellation).ConfigureAwait(false);
        foreach (ArtifactInfo info in all)
            yield return info;
    }

    public Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default) => Call("delete", name, true, () =>
    {
        bool was = store.DeleteAsync(name, expected, CancellationToken.None).Result;
        if (was)
            witness.Deleted(process, name);
        return was;
    }, cancellation);

    private T Look<T>(ArtifactName name, T seen)
    {
        witness.Looked(process, name);
        return seen;
    }

    private Task<T> Call<T>(string what, ArtifactName? name, bool changes, Func<T> effect, CancellationToken cancellation)
    {
        if (process.IsDead)
            return new TaskCompletionSource<T>().Task;
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        SimLoop loop = process.Loop;
        var done = new TaskCompletionSource<T>();
        CancellationTokenRegistration stop = cancellation.CanBeCanceled
            ? cancellation.UnsafeRegister(_ => process.After(TimeSpan.Zero, () => done.TrySetCanceled(cancellation)), null)
            : default;
        loop.After(loop.Chance(faults.StoreIsSlow) ? loop.Between(1, 20) : loop.Between(0.001, 0.02), null, () =>
        {
            T result = default!;
            string? failure = faults.StoreIsAway ? "is away" : loop.Chance(faults.StoreRefuses) ? "refuses" : null;
            if (failure is null)
            {
                result = effect();
                if (changes && loop.Chance(faults.StoreLosesAnswers))
                    failure = "loses its answer";
            }

            if (failure is not null)
                loop.Tell(process.Name, $"the store {failure}: {what} {Short(name)}");
            else if (changes)
                loop.Tell(process.Name, $"{what} {Short(name)}{(result is null or false ? " in vain" : "")}");
            process.After(loop.Between(0.001, 0.02), () =>
            {
                stop.Dispose();
                if (failure is null)
                    done.TrySetResult(result);
                else
                    done.TrySetException(new SpatialClusterException(FailureKind.Transient, $"The simulated store {failure}."));
            });
        });
        return done.Task;
    }

    private string Short(ArtifactName? name) => name is { } known ? witness.Short(known) : "";
}
