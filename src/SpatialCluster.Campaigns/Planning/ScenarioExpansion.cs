using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Makes of perturbations what each dataset is run as.</summary>
internal static class ScenarioExpansion
{
    /// <summary>
    /// The scenarios of a dataset in the order of the document, each once: a level that changes nothing is the dataset as it is. An axis
    /// that concerns nothing of the dataset is left out.
    /// </summary>
    public static IReadOnlyList<Scenario> Of(DatasetPlan dataset, IReadOnlyList<PerturbationEntry> perturbations)
    {
        var scenarios = new List<Scenario>();
        foreach (PerturbationEntry axis in perturbations)
        {
            foreach (Scenario scenario in Axis(dataset, axis))
            {
                if (scenarios.Find(s => IsSame(s, scenario)) is not { } other)
                    scenarios.Add(scenario);
                else if (other.Perturbation != PerturbationEntry.None)
                    throw axis.Place.Error($"brings {scenario.Title} a second time; leave one of them out.");
            }
        }

        return scenarios.Count > 0 ? scenarios : [Plain(dataset)];
    }

    /// <summary>Whether an axis concerns anything of a dataset.</summary>
    public static bool Concerns(DatasetPlan dataset, PerturbationEntry axis) => Axis(dataset, axis).Any();

    private static IEnumerable<Scenario> Axis(DatasetPlan dataset, PerturbationEntry axis)
    {
        if (axis.Datasets.Count > 0 && !axis.Datasets.Contains(dataset.Entry.Name, StringComparer.Ordinal))
            return [];
        switch (axis.Kind)
        {
            case PerturbationEntry.None:
                return [Plain(dataset)];
            case PerturbationEntry.Without:
                return Removals(dataset, axis);
        }

        string[] concerned = [.. dataset.Modalities.Where(m => axis.Modalities.Count == 0 || axis.Modalities.Contains(m, StringComparer.Ordinal))];
        if (concerned.Length == 0)
            return [];
        if (axis.Kind == Perturbation.Noise && dataset.Entry.Simulation is { NoiseLevel: > 0 } noisy)
            throw axis.Place.Error($"sets the noise of '{dataset.Entry.Name}', whose simulation has noise {noisy.NoiseLevel:R} of its own (line {dataset.Entry.Place.Line}); leave out one of the two.");
        return axis.Levels.Select(level => Perturbed(dataset, axis, level, concerned));
    }

    private static IEnumerable<Scenario> Removals(DatasetPlan dataset, PerturbationEntry axis) => axis.Removals
        .Select(removal => dataset.Modalities.Where(m => removal.Contains(m, StringComparer.Ordinal)).ToArray())
        .Where(removed => removed.Length > 0 && removed.Length < dataset.Modalities.Count)
        .Select(removed => Plain(dataset) with { Perturbation = PerturbationEntry.Without, Without = removed });

    private static Scenario Perturbed(DatasetPlan dataset, PerturbationEntry axis, double level, string[] concerned)
    {
        if (level == (axis.Kind == Perturbation.Depth ? 1 : 0))
            return Plain(dataset);
        bool all = concerned.Length == dataset.Modalities.Count;

        // The simulation knows how strong each modality is; it can only be told of all modalities at once.
        SliceSpec slice = axis.Kind == Perturbation.Noise && all && dataset.Entry.Simulation is { } simulation
            ? dataset.Slice with { Simulation = new SimulationSource(simulation with { NoiseLevel = level }) }
            : dataset.Slice with
            {
                Perturbations = [new Perturbation(axis.Kind, level, all ? [] : [.. concerned.Order(StringComparer.Ordinal)], axis.Seed)],
            };
        return new Scenario { Dataset = dataset, Perturbation = axis.Kind, Level = level, Slice = slice, SliceKey = slice.Key };
    }

    private static Scenario Plain(DatasetPlan dataset) =>
        new() { Dataset = dataset, Perturbation = PerturbationEntry.None, Slice = dataset.Slice, SliceKey = dataset.Slice.Key };

    // Rows tell scenarios apart by these alone.
    private static bool IsSame(Scenario a, Scenario b) =>
        a.Perturbation == b.Perturbation && a.Level == b.Level && a.Without.SequenceEqual(b.Without, StringComparer.Ordinal);
}
