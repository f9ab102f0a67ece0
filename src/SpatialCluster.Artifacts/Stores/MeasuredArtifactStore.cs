using System.Diagnostics;
using SpatialCluster.Artifacts.Content;

namespace SpatialCluster.Artifacts.Stores;

/// <summary>A store whose calls are timed.</summary>
/// <remarks>Stages content where the store within does, so that nothing is written twice for being measured.</remarks>
public class MeasuredArtifactStore : IArtifactStore, IDisposable
{
    private readonly Action<StoreCall> _measured;

    private MeasuredArtifactStore(IArtifactStore store, Action<StoreCall> measured) => (Inner, _measured) = (store, measured);

    /// <inheritdoc/>
    public string Location => Inner.Location;

    /// <summary>The store that is measured.</summary>
    public IArtifactStore Inner { get; }

    /// <summary>Measures a store.</summary>
    /// <param name="store">The store; it is disposed with the one that is returned.</param>
    /// <param name="measured">Told of every call when it has ended, from any thread; it must not block.</param>
    /// <returns>The same store, measured.</returns>
    public static MeasuredArtifactStore Of(IArtifactStore store, Action<StoreCall> measured) =>
        store is IStagingStore staging ? new Staging(store, staging, measured) : new MeasuredArtifactStore(store, measured);

    /// <inheritdoc/>
    public Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        MeasureAsync(StoreOperation.Put, () => Inner.PutIfAbsentAsync(name, write, cancellation));

    /// <inheritdoc/>
    public Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        MeasureAsync(StoreOperation.Replace, () => Inner.ReplaceAsync(name, expected, write, cancellation));

    /// <inheritdoc/>
    public Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default) =>
        MeasureAsync(StoreOperation.Open, () => Inner.OpenAsync(name, range, cancellation));

    /// <inheritdoc/>
    public Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default) =>
        MeasureAsync(StoreOperation.Find, () => Inner.FindAsync(name, cancellation));

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default) =>
        MeasureAsync(StoreOperation.Delete, () => Inner.DeleteAsync(name, expected, cancellation));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // The store's share alone: what the caller does between two artifacts is its own.
        TimeSpan spent = default;
        bool done = false;
        IAsyncEnumerator<ArtifactInfo> all = Inner.ListAsync(prefix, cancellation).GetAsyncEnumerator(cancellation);
        try
        {
            while (true)
            {
                long start = Stopwatch.GetTimestamp();
                bool more = await all.MoveNextAsync().ConfigureAwait(false);
                spent += Stopwatch.GetElapsedTime(start);
                done = true;
                if (!more)
                    yield break;
                yield return all.Current;
                done = false;
            }
        }
        finally
        {
            await all.DisposeAsync().ConfigureAwait(false);
            // A caller who stops early has had what it wanted; only a call that threw leaves it undone.
            _measured(new StoreCall(StoreOperation.List, done, spent));
        }
    }

    /// <summary>Disposes the store within.</summary>
    public void Dispose()
    {
        (Inner as IDisposable)?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<T> MeasureAsync<T>(StoreOperation operation, Func<Task<T>> call, TimeSpan before = default)
    {
        long start = Stopwatch.GetTimestamp();
        bool done = false;
        try
        {
            T given = await call().ConfigureAwait(false);
            done = true;
            return given;
        }
        finally
        {
            _measured(new StoreCall(operation, done, before + Stopwatch.GetElapsedTime(start)));
        }
    }

    private sealed class Staging(IArtifactStore store, IStagingStore staging, Action<StoreCall> measured) : MeasuredArtifactStore(store, measured), IStagingStore
    {
        public async Task<IStagedContent> StageAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
        {
            long start = Stopwatch.GetTimestamp();
            try
            {
                IStagedContent staged = await staging.StageAsync(write, cancellation).ConfigureAwait(false);
                return new Staged(this, staged, Stopwatch.GetElapsedTime(start));
            }
            catch
            {
                _measured(new StoreCall(StoreOperation.Put, Done: false, Stopwatch.GetElapsedTime(start)));
                throw;
            }
        }
    }

    // The writing of staged content counts with the call that first names it.
    private sealed class Staged(MeasuredArtifactStore store, IStagedContent content, TimeSpan writing) : IStagedContent
    {
        private TimeSpan _writing = writing;

        public Records.ContentDigest Digest => content.Digest;

        public long Bytes => content.Bytes;

        public Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, CancellationToken cancellation) =>
            store.MeasureAsync(StoreOperation.Put, () => content.PutIfAbsentAsync(name, cancellation), Writing());

        public Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag expected, CancellationToken cancellation) =>
            store.MeasureAsync(StoreOperation.Replace, () => content.ReplaceAsync(name, expected, cancellation), Writing());

        public void Dispose() => content.Dispose();

        private TimeSpan Writing()
        {
            TimeSpan taken = _writing;
            _writing = default;
            return taken;
        }
    }
}
