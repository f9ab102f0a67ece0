using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// What was learnt from a modality: features kept, means, loadings. Gives the same features for the same counts whenever and
/// wherever it is applied, and maps reconstructed features back to values per gene, protein, peak or ion.
/// </summary>
public abstract class FittedPreprocessing
{
    private const int Magic = 0x50504353;
    private const int Version = 1;

    /// <summary>The name of the modality that was fitted.</summary>
    public required string ModalityName { get; init; }

    /// <summary>The width of the feature matrix.</summary>
    public abstract int Width { get; }

    /// <summary>The columns of denoised values.</summary>
    public abstract IReadOnlyList<string> DenoisedFeatureNames { get; }

    /// <summary>What denoised values are, for people.</summary>
    public abstract string DenoisedUnit { get; }

    internal abstract byte Code { get; }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Positioned where <see cref="Save"/> began.</param>
    /// <returns>The preprocessing, which transforms as the saved one did.</returns>
    /// <exception cref="BadInputException">The bytes are damaged or of a newer version.</exception>
    public static FittedPreprocessing Load(BinaryReader reader)
    {
        var stored = new StoredReader(reader);
        if (stored.ReadInt32() != Magic)
            throw StoredReader.Damaged("it does not begin as it should");
        int version = stored.ReadInt32();
        if (version != Version)
            throw new BadInputException($"The stored preprocessing has format {version}, and this program reads format {Version}; use the program that wrote it or a newer one.");
        byte code = stored.ReadByte();
        string name = stored.ReadText();
        return code switch
        {
            FittedRna.KindCode => FittedRna.Load(name, stored, reduced: true),
            FittedRna.UnreducedKindCode => FittedRna.Load(name, stored, reduced: false),
            FittedProtein.KindCode => FittedProtein.Load(name, stored),
            FittedPeaks.KindCode => FittedPeaks.Load(name, stored),
            FittedMetabolite.KindCode => FittedMetabolite.Load(name, stored),
            FittedPassThrough.KindCode => FittedPassThrough.Load(name, stored),
            _ => throw StoredReader.Damaged("its kind is unknown"),
        };
    }

    /// <summary>Applies it to a modality: the one that was fitted, or another with the same features by name, in any order.</summary>
    /// <param name="modality">The counts.</param>
    /// <param name="team">Who works.</param>
    /// <returns>The features; the caller disposes them.</returns>
    /// <exception cref="BadInputException">Features are missing, or values are not counts.</exception>
    public abstract PreprocessedModality Transform(Modality modality, ThreadTeam team);

    /// <summary>Writes everything that <see cref="Transform"/> and denoising need, in a versioned format.</summary>
    /// <param name="writer">Where to.</param>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Code);
        writer.WriteText(ModalityName);
        SaveParameters(writer);
    }

    internal abstract void SaveParameters(BinaryWriter writer);

    /// <summary>The values of one spot from its reconstructed features.</summary>
    internal abstract void DenoiseRow(ReadOnlySpan<float> features, SpotScale scale, Span<double> values);

    /// <summary>Whether denoised values are logarithms that <see cref="DenoisedScale.Linear"/> undoes.</summary>
    internal virtual bool Logarithmic => true;

    private protected PreprocessedModality Result(Matrix features, PreprocessingNotes notes, SpotScale[]? scales = null) =>
        new(this, features, notes.Lines, scales);
}
