using System.Threading.Channels;

namespace SpatialCluster.Silo.Dashboard.Live;

/// <summary>One who watches. What is told waits here for a slow one up to a bound; past it he is let go, comes again and asks for everything.</summary>
internal sealed class Viewer
{
    private const int MostWaiting = 64;

    private readonly Channel<ReadOnlyMemory<byte>> _frames =
        Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    public ChannelReader<ReadOnlyMemory<byte>> Frames => _frames.Reader;

    public void Tell(ReadOnlyMemory<byte> frame)
    {
        if (!_frames.Writer.TryWrite(frame))
            End();
    }

    public void End() => _frames.Writer.TryComplete();
}
