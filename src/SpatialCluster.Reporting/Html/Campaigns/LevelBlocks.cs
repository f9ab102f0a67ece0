using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Sorts the finished runs of a campaign into what is drawn together.</summary>
internal static class LevelBlocks
{
    private const int MostCategories = 12;

    public static List<LevelBlock> Of(CampaignView view)
    {
        var blocks = new List<LevelBlock>();
        List<CampaignRun> asTheyCame = [];
        List<CampaignRun> runs = [.. view.Done.Where(run => run.Method.Ablation.Length == 0)];
        foreach (string family in view.Families)
        {
            List<CampaignRun> ofFamily = [.. runs.Where(run => run.Dataset.Family == family)];
            string[] kinds = [.. ofFamily.Select(run => run.Dataset.Perturbation?.Kind).OfType<string>().Distinct()];
            List<LevelBlock> own = [.. kinds.Select(kind => OfKind(view, family, kind, ofFamily))];
            blocks.AddRange(own);
            if (own.TrueForAll(block => block.Levels.Length < 2))
                asTheyCame.AddRange(ofFamily.Where(run => run.Dataset.Perturbation is null));
        }

        // Datasets as they came stand in one chart, a dozen at a time.
        CampaignDataset[] datasets = [.. asTheyCame.Select(run => run.Dataset).Distinct()];
        foreach (CampaignDataset[] some in datasets.Chunk(MostCategories))
        {
            List<(CampaignRun, double, string)> entries = [.. asTheyCame.Where(run => some.Contains(run.Dataset)).Select(run => (run, double.NaN, run.Dataset.Id))];
            string heading = datasets.Length <= MostCategories ? "Datasets as they came" : $"Datasets as they came, {some[0].Id} to {some[^1].Id}";
            blocks.Add(new LevelBlock(heading, "dataset", null, "", [], [.. some.Select(dataset => dataset.Id).Distinct()], entries) { Methods = Methods(view, entries) });
        }

        return blocks;
    }

    private static LevelBlock OfKind(CampaignView view, string family, string kind, List<CampaignRun> runs)
    {
        CampaignPerturbation first = runs.First(run => run.Dataset.Perturbation?.Kind == kind).Dataset.Perturbation!;
        List<(CampaignRun Run, double Level, string Category)> entries = [];
        foreach (CampaignRun run in runs)
        {
            if (run.Dataset.Perturbation is null)
                entries.Add((run, first.UnperturbedLevel ?? double.NaN, "unperturbed"));
            else if (run.Dataset.Perturbation is { } perturbation && perturbation.Kind == kind)
                entries.Add((run, perturbation.Level ?? double.NaN, CampaignView.Name(perturbation)));
        }

        double[] levels = [.. entries.Select(entry => entry.Level).Where(double.IsFinite).Distinct().Order()];
        bool lines = levels.Length > 1;
        string[] categories = lines ? [] : [.. entries.Select(entry => entry.Category).Distinct()];
        return new LevelBlock($"{family} · {first.Title}", first.Title, kind, family, lines ? levels : [], categories, entries) { Methods = Methods(view, entries) };
    }

    private static List<Contestant> Methods(CampaignView view, List<(CampaignRun Run, double Level, string Category)> entries)
    {
        HashSet<CampaignMethod> present = [.. entries.Select(entry => entry.Run.Method)];
        return [.. view.Contestants.Full.Where(contestant => present.Contains(contestant.Method))];
    }
}
