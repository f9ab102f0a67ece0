namespace SpatialCluster.Campaigns.Running;

/// <summary>Asks a store for many things at a time: of one far away, most of the time goes into waiting.</summary>
internal static class Several
{
    /// <summary>How many are under way at most.</summary>
    public const int AtOnce = 16;

    /// <summary>Acts on each of a number of places, a few at a time, begun in their order. After a failure none is begun any more.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="act">Acts on a place; called from any thread.</param>
    /// <returns>When all that was begun has ended.</returns>
    /// <exception cref="Exception">What <paramref name="act"/> threw first.</exception>
    public static async Task ForEachAsync(int count, Func<int, Task> act)
    {
        int next = -1;
        bool failed = false;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, count)).Select(_ => WorkAsync())).ConfigureAwait(false);

        async Task WorkAsync()
        {
            try
            {
                for (int place = Interlocked.Increment(ref next); place < count && !Volatile.Read(ref failed); place = Interlocked.Increment(ref next))
                    await act(place).ConfigureAwait(false);
            }
            catch
            {
                Volatile.Write(ref failed, true);
                throw;
            }
        }
    }
}
