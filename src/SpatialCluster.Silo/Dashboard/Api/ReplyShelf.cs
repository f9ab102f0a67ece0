namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary>Replies that never change, the last ones asked for, within a bound of memory.</summary>
internal sealed class ReplyShelf(long mostBytes)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(string Name, Task<Reply> Reply)> _order = new();
    private readonly Dictionary<string, LinkedListNode<(string Name, Task<Reply> Reply)>> _byName = new(StringComparer.Ordinal);

    /// <summary>The reply of a name; where several ask for it at once, it is made once.</summary>
    public async Task<Reply> GetAsync(string name, Func<Task<Reply>> make)
    {
        Task<Reply> reply;
        lock (_gate)
        {
            if (_byName.TryGetValue(name, out var there) && !there.Value.Reply.IsFaulted && !there.Value.Reply.IsCanceled)
            {
                _order.Remove(there);
                _order.AddFirst(there);
                reply = there.Value.Reply;
            }
            else
            {
                if (there is not null)
                    _order.Remove(there);
                reply = make();
                _byName[name] = _order.AddFirst((name, reply));
            }
        }

        Reply made = await reply.ConfigureAwait(false);
        Trim();
        return made;
    }

    private void Trim()
    {
        lock (_gate)
        {
            long bytes = _order.Sum(e => e.Reply.IsCompletedSuccessfully ? e.Reply.Result.Bytes : 0);
            for (LinkedListNode<(string Name, Task<Reply> Reply)>? last = _order.Last; bytes > mostBytes && last is not null && last != _order.First;)
            {
                LinkedListNode<(string Name, Task<Reply> Reply)>? before = last.Previous;
                if (last.Value.Reply.IsCompleted)
                {
                    bytes -= last.Value.Reply.IsCompletedSuccessfully ? last.Value.Reply.Result.Bytes : 0;
                    _order.Remove(last);
                    _byName.Remove(last.Value.Name);
                }

                last = before;
            }
        }
    }
}
