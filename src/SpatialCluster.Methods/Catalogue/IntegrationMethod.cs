using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Catalogue;

/// <summary>A way to integrate the modalities of a slice, as everything above the methods sees it.</summary>
public abstract class IntegrationMethod
{
    /// <summary>Its name where people write it, such as <c>spami</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Its name where people read it, such as <c>SpaMI</c>.</summary>
    public abstract string Title { get; }

    /// <summary>Whom to cite, or what it is for.</summary>
    public abstract string Origin { get; }

    /// <summary>Raised whenever the same input, options and seed would give other numbers: results are keyed by it.</summary>
    public abstract int Version { get; }

    /// <summary>Its presets, the customary one first.</summary>
    public abstract IReadOnlyList<Preset> Presets { get; }

    /// <summary>Whether it is shown the truth: a control that bounds what scores can be reached.</summary>
    public virtual bool SeesTruth => false;

    /// <summary>Whether another seed gives another result.</summary>
    public virtual bool UsesSeed => true;

    /// <summary>Whether it reconstructs features, of which denoised values can be made.</summary>
    public virtual bool Reconstructs => false;

    /// <summary>The preset for a slice where none is named.</summary>
    /// <param name="kinds">What its modalities measure.</param>
    /// <returns>One of <see cref="Presets"/>.</returns>
    public virtual Preset DefaultPreset(IReadOnlyList<ModalityKind> kinds) => Presets[0];

    /// <summary>The preset of a name.</summary>
    /// <param name="name">As in <see cref="Presets"/>.</param>
    /// <returns>The preset.</returns>
    /// <exception cref="BadInputException">There is none; the message names the nearest.</exception>
    public Preset Preset(string name) =>
        Presets.FirstOrDefault(p => p.Name == name)
        ?? throw new BadInputException($"The method {Name} has no preset '{name}'; {Suggestions.Sentence(name, [.. Presets.Select(p => p.Name)])}");

    /// <summary>The bytes that a run takes beside its input.</summary>
    /// <param name="spots">Spots of the slice.</param>
    /// <param name="widths">The features' width per modality.</param>
    /// <param name="options">Of the method's own type.</param>
    /// <param name="threads">Threads of the team.</param>
    /// <returns>The size in bytes; an upper estimate.</returns>
    public abstract long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads);

    /// <summary>Runs the method.</summary>
    /// <param name="input">Features, places and seed.</param>
    /// <param name="options">Of the method's own type.</param>
    /// <param name="team">The threads; they change the speed only.</param>
    /// <param name="control">Progress, cancellation, checkpoints.</param>
    /// <returns>The result; the caller disposes it.</returns>
    /// <exception cref="BadInputException">Input or options that it cannot work with.</exception>
    /// <exception cref="OperationCanceledException">Stopped; the checkpoint, where one is wanted, is written.</exception>
    public abstract MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control);
}
