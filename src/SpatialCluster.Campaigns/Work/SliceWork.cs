using System.Text.Json.Nodes;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Perturbations;
using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Simulates or loads a slice, perturbs it, and stores it.</summary>
internal sealed class SliceWork : IGrainWork
{
    public string Kind => SliceSpec.KindName;

    public IReadOnlyList<string> Codes { get; } = [GrainSpec.CodeOf(SliceSpec.KindName, GrainVersions.Slice)];

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        SliceSpec slice = SliceSpec.Parse(spec);
        (Slice found, SpotAnnotation? truth, IReadOnlyList<string> notes) = Find(slice, context);
        for (int p = 0; p < slice.Perturbations.Count; p++)
        {
            Perturbation perturbation = slice.Perturbations[p];
            context.Begin(perturbation.Kind);

            // The same perturbation twice in a row draws twice.
            int earlier = slice.Perturbations.Take(p).Count(other => other.Kind == perturbation.Kind);
            found = Perturb(found, perturbation, new RandomStream(perturbation.Seed).Derive($"perturbation/{earlier}"), context.Team);
        }

        return StoredSlice.Put(found, truth, notes, context);
    }

    private static (Slice Slice, SpotAnnotation? Truth, IReadOnlyList<string> Notes) Find(SliceSpec spec, GrainContext context)
    {
        switch (spec)
        {
            case { Simulation: { } simulation, Files: null }:
                context.Begin("simulate");
                Slice slice = SliceSimulator.Simulate(simulation.Options, context.Team);
                return (slice, slice.Annotations.First(a => a.Name == SliceSimulator.TruthName), []);
            case { Simulation: null, Files: { } files }:
                return SliceFiles.Load(files, context);
            default:
                throw new BadInputException("A slice is either simulated or loaded; its spec names both or neither.");
        }
    }

    private static Slice Perturb(Slice slice, Perturbation perturbation, RandomStream random, ThreadTeam team)
    {
        string[] names = [.. slice.Modalities.Select(m => m.Name)];
        if (perturbation.Modalities.FirstOrDefault(m => !names.Contains(m, StringComparer.Ordinal)) is { } unknown)
            throw new BadInputException($"The perturbation {perturbation.Kind} names the modality '{unknown}', which the slice lacks; {Suggestions.Sentence(unknown, names)}");
        return slice with
        {
            Modalities = [.. slice.Modalities.Select(m =>
                perturbation.Modalities.Count == 0 || perturbation.Modalities.Contains(m.Name, StringComparer.Ordinal) ? Perturb(m, perturbation, random, team) : m)],
        };
    }

    private static Modality Perturb(Modality modality, Perturbation perturbation, RandomStream random, ThreadTeam team) => perturbation.Kind switch
    {
        Perturbation.Noise => GaussianNoise.Apply(modality, perturbation.Level, team, random),
        Perturbation.Dropout => CountDropout.Apply(modality, perturbation.Level, team, random),
        Perturbation.Depth => DepthThinning.Apply(modality, perturbation.Level, team, random),
        _ => throw new BadInputException(
            $"There is no perturbation '{perturbation.Kind}'; {Suggestions.Sentence(perturbation.Kind, [Perturbation.Noise, Perturbation.Dropout, Perturbation.Depth])}"),
    };
}
