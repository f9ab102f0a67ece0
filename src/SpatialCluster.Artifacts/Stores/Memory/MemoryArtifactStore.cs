using System.Globalization;
using System.Runtime.CompilerServices;

namespace SpatialCluster.Artifacts.Stores.Memory;

/// <summary>Artifacts in memory, for simulations and tests: the same contract, and nothing outlives the process.</summary>
/// <param name="time">Tells when artifacts were written; the system's where null.</param>
public sealed class MemoryArtifactStore(TimeProvider? time = null) : IArtifactStore
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _states;

    /// <inheritdoc/>
    public string Location => "memory";

    /// <inheritdoc/>
    public Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        ReplaceAsync(name, null, write, cancellation);

    /// <inheritdoc/>
    public async Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        if (Find(name)?.Tag != expected)
            return null;
        cancellation.ThrowIfCancellationRequested();
        using var content = new MemoryStream();
        await write(content, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        byte[] bytes = content.ToArray();
        lock (_gate)
        {
            if (_entries.GetValueOrDefault(name.Value)?.Tag != expected)
                return null;
            var entry = new Entry(bytes, new ArtifactTag((++_states).ToString(CultureInfo.InvariantCulture)), _time.GetUtcNow());
            _entries[name.Value] = entry;
            return entry.Tag;
        }
    }

    /// <inheritdoc/>
    public Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (range is { } wanted && (wanted.Offset < 0 || wanted.Length < 0))
            throw new ArgumentOutOfRangeException(nameof(range), range, "A range begins at 0 or later and is not of negative size.");
        if (Find(name) is not { } entry)
            return Task.FromResult<OpenArtifact?>(null);
        int size = entry.Bytes.Length, start = (int)Math.Min(range?.Offset ?? 0, size), length = (int)Math.Min(range?.Length ?? size, size - start);
        return Task.FromResult<OpenArtifact?>(new OpenArtifact(new MemoryStream(entry.Bytes, start, length, writable: false), entry.Tag, size));
    }

    /// <inheritdoc/>
    public Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Find(name)?.Info(name));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        List<ArtifactInfo> infos;
        lock (_gate)
            infos = [.. _entries.Where(e => e.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(e => e.Value.Info(new ArtifactName(e.Key)))];
        foreach (ArtifactInfo info in infos)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return info;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        NameRules.Check(name);
        lock (_gate)
        {
            return Task.FromResult(
                _entries.TryGetValue(name.Value, out Entry? entry) && (expected is null || entry.Tag == expected) && _entries.Remove(name.Value));
        }
    }

    private Entry? Find(ArtifactName name)
    {
        NameRules.Check(name);
        lock (_gate)
            return _entries.GetValueOrDefault(name.Value);
    }

    private sealed record Entry(byte[] Bytes, ArtifactTag Tag, DateTimeOffset Written)
    {
        public ArtifactInfo Info(ArtifactName name) => new(name, Bytes.Length, Tag, Written);
    }
}
