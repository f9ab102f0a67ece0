using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Expands campaigns to grains.</summary>
public static class CampaignPlanner
{
    /// <summary>The most rows that a campaign may come to.</summary>
    public const int MostRows = 50_000;

    /// <summary>
    /// Expands a campaign. The same document over the same data gives the same plan, whatever the order of its keys; grains that several
    /// runs need are there once. They are ordered so that the first seed's results of all datasets and methods come before the second's.
    /// </summary>
    /// <param name="document">The campaign.</param>
    /// <param name="ingest">Takes in the files of datasets.</param>
    /// <param name="options">Backend and threads; null for one thread of the CPU.</param>
    /// <returns>Plan, specs, rows and notes.</returns>
    /// <exception cref="BadInputException">The document contradicts itself or its data; the message names the line.</exception>
    public static PlannedCampaign Plan(CampaignDocument document, IInputIngest ingest, PlanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(ingest);
        DatasetPlan[] datasets = [.. document.Datasets.Select(d => DatasetPlan.Of(d, ingest))];
        Scenario[][] scenarios = [.. datasets.Select(d => ScenarioExpansion.Of(d, document.Perturbations).ToArray())];
        CheckAxes(document, datasets);
        MethodVariant[] variants = [.. document.Methods.SelectMany(MethodVariant.Of)];
        CheckSize(document, scenarios, variants);
        return new CampaignExpansion(document, options ?? new PlanOptions(), scenarios, variants).Run();
    }

    private static void CheckAxes(CampaignDocument document, DatasetPlan[] datasets)
    {
        foreach (PerturbationEntry axis in document.Perturbations)
        {
            if (!Array.Exists(datasets, d => ScenarioExpansion.Concerns(d, axis)))
                throw axis.Place.Error("concerns no dataset; look at the names of its modalities and datasets, and leave at least one modality there.");
        }
    }

    private static void CheckSize(CampaignDocument document, Scenario[][] scenarios, MethodVariant[] variants)
    {
        double rows = scenarios.Sum(s => (double)s.Length) * variants.Length * document.Seeds.Count * document.Evaluations.Count;
        if (rows > MostRows)
        {
            throw new BadInputException(
                $"{document.Source} comes to {rows:N0} runs and evaluations, and {MostRows:N0} is the most; use fewer datasets, levels, methods or seeds, or make several campaigns of it.");
        }
    }
}
