using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Methods.Catalogue;

/// <summary>A named set of parameters that somebody published: hyper-parameters, preprocessing and clustering together.</summary>
public sealed record Preset
{
    /// <summary>Its name, such as <c>paper/simulated</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the numbers come from, in a sentence.</summary>
    public required string Origin { get; init; }

    /// <summary>The method's hyper-parameters.</summary>
    public required MethodOptions Options { get; init; }

    /// <summary>How RNA is preprocessed.</summary>
    public PreprocessingOptions Rna { get; init; } = new RnaPreprocessingOptions();

    /// <summary>How protein is preprocessed.</summary>
    public PreprocessingOptions Protein { get; init; } = new ProteinPreprocessingOptions();

    /// <summary>How peaks are preprocessed.</summary>
    public PreprocessingOptions Atac { get; init; } = new AtacPreprocessingOptions();

    /// <summary>How metabolites are preprocessed; the originals have none, so that this is ours.</summary>
    public PreprocessingOptions Metabolite { get; init; } = new MetabolitePreprocessingOptions();

    /// <summary>How domains are found in the embedding.</summary>
    public DomainOptions Domains { get; init; } = new();

    /// <summary>The preprocessing of a kind of modality.</summary>
    /// <param name="kind">What the modality measures.</param>
    /// <returns>Its options.</returns>
    public PreprocessingOptions PreprocessingOf(ModalityKind kind) => kind switch
    {
        ModalityKind.Rna => Rna,
        ModalityKind.Protein => Protein,
        ModalityKind.Metabolite => Metabolite,
        _ => Atac,
    };
}
