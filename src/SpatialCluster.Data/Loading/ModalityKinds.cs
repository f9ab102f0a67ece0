using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>What kind of measurement a name stands for.</summary>
public static class ModalityKinds
{
    private static readonly (string Start, ModalityKind Kind)[] s_starts =
    [
        ("rna", ModalityKind.Rna), ("mrna", ModalityKind.Rna), ("gex", ModalityKind.Rna), ("gene", ModalityKind.Rna), ("transcript", ModalityKind.Rna),
        ("prot", ModalityKind.Protein), ("adt", ModalityKind.Protein), ("antibod", ModalityKind.Protein), ("cite", ModalityKind.Protein), ("imc", ModalityKind.Protein),
        ("atac", ModalityKind.Atac), ("peak", ModalityKind.Atac), ("chromatin", ModalityKind.Atac), ("accessib", ModalityKind.Atac),
        ("histone", ModalityKind.Histone), ("h3k", ModalityKind.Histone), ("h2a", ModalityKind.Histone), ("h4k", ModalityKind.Histone), ("cuttag", ModalityKind.Histone),
        ("metabol", ModalityKind.Metabolite), ("msi", ModalityKind.Metabolite), ("maldi", ModalityKind.Metabolite), ("sims", ModalityKind.Metabolite), ("lipid", ModalityKind.Metabolite),
    ];

    /// <summary>Infers the kind from a modality's name: <c>rna</c>, <c>protein</c>, <c>adt</c>, <c>atac</c>, <c>H3K27ac</c>, <c>metabolite</c>, …</summary>
    /// <param name="name">The name; a part of it between punctuation counts, too (<c>spleen_adt</c>).</param>
    /// <returns>The kind; null where no part of the name is known.</returns>
    public static ModalityKind? Infer(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (string word in name.ToLowerInvariant().Split(['_', '-', '.', ' ', '/']))
        {
            foreach ((string start, ModalityKind kind) in s_starts)
            {
                if (word.StartsWith(start, StringComparison.Ordinal))
                    return kind;
            }
        }

        return null;
    }

    /// <summary>The kind of a modality that is asked for: as said, else inferred from its name.</summary>
    /// <param name="request">The modality.</param>
    /// <returns>The kind.</returns>
    /// <exception cref="BadInputException">It is not said, and no part of the name is known.</exception>
    public static ModalityKind Of(ModalityRequest request) => request.Kind ?? Infer(request.Name) ?? throw new BadInputException(
        $"The modality '{request.Name}' does not tell what it measures; call it rna, protein, atac, histone or metabolite (or spleen_rna, …), or say it with --kind {request.Name}=rna.");

    /// <summary>The feature types by which 10x and MuData files call a kind.</summary>
    internal static string[] FeatureTypes(ModalityKind kind) => kind switch
    {
        ModalityKind.Rna => ["Gene Expression", "rna", "gex"],
        ModalityKind.Protein => ["Antibody Capture", "Protein Expression", "protein", "prot", "adt"],
        ModalityKind.Atac => ["Peaks", "atac"],
        ModalityKind.Histone => ["Peaks", "histone"],
        _ => ["metabolite"],
    };
}
