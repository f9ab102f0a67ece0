using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace SpatialCluster.Engine.Orleans.Grains;

/// <inheritdoc cref="IEventsGrain"/>
internal sealed class EventsGrain(ILogger<EventsGrain> log) : Grain, IEventsGrain
{
    private readonly ObserverManager<IEventListener> _listeners = new(TimeSpan.FromMinutes(1), log);

    public Task ListenAsync(IEventListener listener)
    {
        _listeners.Subscribe(listener, listener);
        return Task.CompletedTask;
    }

    public Task LeaveAsync(IEventListener listener)
    {
        _listeners.Unsubscribe(listener);
        return Task.CompletedTask;
    }

    public Task TellAsync(byte[][] events) => _listeners.Notify(listener => listener.HearAsync(events));
}
