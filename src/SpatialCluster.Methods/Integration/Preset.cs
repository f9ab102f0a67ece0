using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Methods.Integration;

/// <summary>A named set of parameters that somebody published: hyper-parameters, preprocessing and clustering together.</summary>
public sealed record Preset
{
    /// <summary>Its name, such as <c>paper/simulated</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the numbers come from, in a sentence.</summary>
    public required string Origin { get; init; }

    /// <summary>SpaMI's hyper-parameters.</summary>
    public required SpaMiOptions SpaMi { get; init; }

    /// <summary>How RNA is preprocessed.</summary>
    public required RnaPreprocessingOptions Rna { get; init; }

    /// <summary>How protein is preprocessed.</summary>
    public ProteinPreprocessingOptions Protein { get; init; } = new();

    /// <summary>How peaks are preprocessed.</summary>
    public AtacPreprocessingOptions Atac { get; init; } = new();

    /// <summary>How metabolites are preprocessed; the originals have none, so that this is ours.</summary>
    public MetabolitePreprocessingOptions Metabolite { get; init; } = new();

    /// <summary>How domains are found in the embedding.</summary>
    public required DomainOptions Domains { get; init; }

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
