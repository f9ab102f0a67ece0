using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Controls;
using SpatialCluster.Methods.Mofa;
using SpatialCluster.Methods.SpaMi;
using SpatialCluster.Methods.SpatialGlue;
using SpatialCluster.Methods.Wnn;

namespace SpatialCluster.Methods.Catalogue;

/// <summary>All methods there are.</summary>
public static class MethodCatalogue
{
    /// <summary>SpaMI.</summary>
    public static IntegrationMethod SpaMi { get; } = new SpaMiMethod();

    /// <summary>SpatialGlue.</summary>
    public static IntegrationMethod SpatialGlue { get; } = new SpatialGlueMethod();

    /// <summary>MOFA+.</summary>
    public static IntegrationMethod Mofa { get; } = new MofaMethod();

    /// <summary>Weighted nearest neighbours of Seurat 4.</summary>
    public static IntegrationMethod Wnn { get; } = new WnnMethod();

    /// <summary>Control: joint principal components.</summary>
    public static IntegrationMethod Pca { get; } = new PcaMethod();

    /// <summary>Control: a random embedding.</summary>
    public static IntegrationMethod Random { get; } = new RandomMethod();

    /// <summary>Control: the known domains.</summary>
    public static IntegrationMethod Truth { get; } = new TruthMethod();

    /// <summary>All methods, in the order in which reports show them.</summary>
    public static IReadOnlyList<IntegrationMethod> All { get; } = [SpaMi, SpatialGlue, Mofa, Wnn, Pca, Random, Truth];

    /// <summary>The method of a name.</summary>
    /// <param name="name">Such as <c>spami</c>.</param>
    /// <returns>The method.</returns>
    /// <exception cref="BadInputException">There is none; the message names the nearest.</exception>
    public static IntegrationMethod Named(string name) =>
        All.FirstOrDefault(m => m.Name == name)
        ?? throw new BadInputException($"There is no method '{name}'; {Suggestions.Sentence(name, [.. All.Select(m => m.Name)])}");
}
