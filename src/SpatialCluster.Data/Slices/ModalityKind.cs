namespace SpatialCluster.Data.Slices;

/// <summary>What a modality measures; decides how its counts are preprocessed.</summary>
public enum ModalityKind
{
    /// <summary>Gene expression counts.</summary>
    Rna,

    /// <summary>Antibody-derived tags or imaging intensities of proteins.</summary>
    Protein,

    /// <summary>Chromatin accessibility: fragments in peaks.</summary>
    Atac,

    /// <summary>Histone marks: fragments in peaks or bins; treated as <see cref="Atac"/>.</summary>
    Histone,

    /// <summary>Mass-spectrometry intensities.</summary>
    Metabolite,
}
