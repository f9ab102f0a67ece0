namespace SpatialCluster.Campaigns.Running;

/// <summary>How a grain came to a device, as far as the runner must know.</summary>
public sealed record GrainDelivery
{
    /// <summary>Without a broker.</summary>
    public static GrainDelivery None { get; } = new();

    /// <summary>The ticket of the message that brought it; empty where no broker did.</summary>
    public string Ticket { get; init; } = "";

    /// <summary>Whether the message was with another before, who is gone. A claim that was made with this ticket is nobody's any more.</summary>
    public bool Redelivered { get; init; }

    /// <summary>Whether the process that made a claim with a ticket is known to be gone: an engine whose silos watch one another knows.</summary>
    public Func<string, bool> IsGone { get; init; } = static _ => false;

    /// <summary>Ends the turn of a training after a checkpoint, for the rest to be another turn; not before an epoch is done.</summary>
    public CancellationToken Yield { get; init; }
}
