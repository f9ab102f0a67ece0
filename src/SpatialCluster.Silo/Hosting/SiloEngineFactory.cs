using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Makes the engines that are built in.</summary>
public static class SiloEngineFactory
{
    /// <summary>Makes an engine; it does nothing until it is run.</summary>
    /// <param name="request">Which, and from what.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="BadInputException">There is no such engine.</exception>
    public static SiloEngineParts Create(SiloEngineRequest request) => request.Engine switch
    {
        _ => throw new BadInputException($"There is no engine '{request.Engine}' for silos in this build."),
    };
}
