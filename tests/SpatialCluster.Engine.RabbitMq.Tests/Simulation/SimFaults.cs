namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>What goes wrong now and then, as shares of all calls, and what is away altogether.</summary>
internal sealed class SimFaults
{
    public bool StoreIsAway { get; set; }

    /// <summary>Calls of the store that are refused and have no effect.</summary>
    public double StoreRefuses { get; set; }

    /// <summary>Calls of the store that have their effect, and fail.</summary>
    public double StoreLosesAnswers { get; set; }

    /// <summary>Calls of the store that take seconds.</summary>
    public double StoreIsSlow { get; set; }

    public bool BrokerIsAway { get; set; }

    /// <summary>Publications that are there and not confirmed.</summary>
    public double BrokerLosesConfirmations { get; set; }

    /// <summary>Publications that are there twice.</summary>
    public double BrokerDuplicates { get; set; }

    /// <summary>Events that nobody hears.</summary>
    public double BrokerLosesEvents { get; set; }

    public void Cease()
    {
        StoreIsAway = BrokerIsAway = false;
        StoreRefuses = StoreLosesAnswers = StoreIsSlow = BrokerLosesConfirmations = BrokerDuplicates = BrokerLosesEvents = 0;
    }
}
