using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Preprocessing;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>Ways of preprocessing by name.</summary>
public static class PreprocessingRecipe
{
    private static readonly (string Name, PreprocessingOptions Options)[] s_all =
    [
        ("rna", new RnaPreprocessingOptions()),
        ("protein", new ProteinPreprocessingOptions()),
        ("atac", new AtacPreprocessingOptions()),
        ("metabolite", new MetabolitePreprocessingOptions()),
        ("none", PreprocessingOptions.None),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(r => r.Name)];

    /// <summary>The options of a name, with their defaults.</summary>
    /// <param name="name">Such as <c>rna</c>.</param>
    /// <returns>The options.</returns>
    /// <exception cref="BadInputException">There is no such recipe.</exception>
    public static PreprocessingOptions Named(string name) =>
        s_all.FirstOrDefault(r => r.Name == name).Options
        ?? throw new BadInputException($"There is no preprocessing '{name}'; {Suggestions.Sentence(name, [.. Names])}");

    /// <summary>The name of some options.</summary>
    /// <param name="options">Of a known type.</param>
    /// <returns>The name.</returns>
    public static string NameOf(PreprocessingOptions options) => s_all.First(r => r.Options.GetType() == options.GetType()).Name;
}
