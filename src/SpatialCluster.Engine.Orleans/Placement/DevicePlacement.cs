using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace SpatialCluster.Engine.Orleans.Placement;

/// <summary>Places a grain on the silo whose device the lane has kept free for it.</summary>
[GenerateSerializer, Immutable, Alias("spatialcluster.device-placement")]
public sealed class DevicePlacement : PlacementStrategy
{
    /// <summary>The entry of a request's context that names the silo.</summary>
    internal const string Silo = "spatialcluster.silo";

    /// <summary>The strategy.</summary>
    internal static DevicePlacement Instance { get; } = new();
}

/// <summary>Marks a grain that is placed by <see cref="DevicePlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DevicePlacementAttribute() : PlacementAttribute(DevicePlacement.Instance);

/// <summary>Takes the silo from the request. A request that names none asks how a grain stands that nobody works on: any silo can answer that.</summary>
internal sealed class DevicePlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress[] silos = context.GetCompatibleSilos(target);
        SiloAddress? meant = target.RequestContextData is { } data && data.TryGetValue(DevicePlacement.Silo, out object? value) ? value as SiloAddress : null;
        if (meant is not null)
            return silos.Contains(meant) ? Task.FromResult(meant) : throw new SiloUnavailableException($"{meant} has left.");
        return Task.FromResult(silos.Contains(context.LocalSilo) ? context.LocalSilo : silos[0]);
    }
}
