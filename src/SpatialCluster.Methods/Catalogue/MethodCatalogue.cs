using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Methods.Catalogue;

/// <summary>All methods there are.</summary>
public static class MethodCatalogue
{
    /// <summary>SpaMI.</summary>
    public static IntegrationMethod SpaMi { get; } = new SpaMiMethod();

    /// <summary>MOFA+.</summary>
    public static IntegrationMethod Mofa { get; } = new MofaMethod();

    /// <summary>All methods, in the order in which reports show them.</summary>
    public static IReadOnlyList<IntegrationMethod> All { get; } = [SpaMi, Mofa];

    /// <summary>The method of a name.</summary>
    /// <param name="name">Such as <c>spami</c>.</param>
    /// <returns>The method.</returns>
    /// <exception cref="BadInputException">There is none; the message names the nearest.</exception>
    public static IntegrationMethod Named(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? throw new BadInputException($"There is no method '{name}'; {Suggestions.Sentence(name, [.. All.Select(m => m.Name)])}");
}
