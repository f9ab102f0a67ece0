using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>How a modality's counts become the feature matrix of a method. One record per kind of modality.</summary>
public abstract record PreprocessingOptions
{
    /// <summary>The values are features already: a dense copy, nothing else.</summary>
    public static PreprocessingOptions None { get; } = new PassThroughOptions();

    /// <summary>The width of the feature matrix after PCA or LSI; null for no reduction, where the kind allows it.</summary>
    public int? Components { get; init; }

    /// <summary>
    /// <see cref="Components"/> is a wish: where the data has fewer, all it has are taken, with a note. Else that is refused.
    /// </summary>
    public bool FewerComponents { get; init; }

    /// <summary>The defaults for a kind of modality.</summary>
    /// <param name="kind">What the modality measures.</param>
    /// <returns>A fresh record, to be changed with <c>with</c>.</returns>
    public static PreprocessingOptions For(ModalityKind kind) => kind switch
    {
        ModalityKind.Rna => new RnaPreprocessingOptions(),
        ModalityKind.Protein => new ProteinPreprocessingOptions(),
        ModalityKind.Atac or ModalityKind.Histone => new AtacPreprocessingOptions(),
        ModalityKind.Metabolite => new MetabolitePreprocessingOptions(),
        _ => throw new BadInputException($"Nobody knows how to preprocess a modality of kind {kind}; give its features with --preprocessed."),
    };
}
