using System.Text;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>What was compared, in a sentence and in figures.</summary>
internal static class CampaignCards
{
    public static string WhatWasCompared(CampaignView view)
    {
        IReadOnlyList<CampaignRun> runs = view.Report.Runs;
        int ablations = view.Contestants.All.Count - view.Contestants.Full.Count;
        string[] perturbations =
        [
            .. view.Datasets.Where(dataset => dataset.Perturbation is not null).GroupBy(dataset => dataset.Perturbation!.Title).Select(Levels),
        ];
        var text = new StringBuilder(Phrases.Count(view.Contestants.Full.Count, "method"));
        if (ablations > 0)
            text.Append(" and ").Append(Phrases.Count(ablations, "ablation"));
        text.Append(" on ").Append(Phrases.Count(view.Datasets.Count, "dataset"));
        if (view.Families.Count is > 0 and <= 6)
            text.Append(" (").AppendJoin(", ", view.Families).Append(')');
        if (perturbations.Length > 0)
            text.Append("; ").AppendJoin("; ", perturbations);
        text.Append("; ").Append(Phrases.Count(runs.Select(run => run.Seed).Distinct().Count(), "seed"));
        return text.Append(": ").Append(Phrases.Count(runs.Count, "run")).Append($", {view.Done.Count:N0} finished.").ToString();
    }

    public static string Draw(CampaignView view)
    {
        IReadOnlyList<CampaignRun> runs = view.Report.Runs;
        var html = new StringBuilder("<dl class=\"cards\" aria-label=\"Summary\">\n");
        int failed = runs.Count(run => run.Status == CampaignRunStatus.Failed), open = runs.Count - view.Done.Count - failed;
        string rest = string.Join(" · ", new[] { failed > 0 ? $"{failed:N0} failed" : "", open > 0 ? $"{open:N0} not run" : "" }.Where(part => part.Length > 0));
        SummaryCards.Add(html, "Runs finished", $"{view.Done.Count:N0} of {runs.Count:N0}", rest.Length > 0 ? rest : "none failed");
        foreach (CampaignMetric metric in view.Leading.Take(2))
        {
            if (Best(view, metric) is { } best)
                SummaryCards.Add(html, $"Best mean {metric.Symbol}", Phrases.Score(best.Mean), best.Contestant.Name);
        }

        if (view.Report.Agreements.Count > 0)
            SummaryCards.Add(html, "ARI between seeds", Phrases.Score(view.Report.Agreements.Average(agreement => agreement.Mean)), "mean over methods and datasets");
        if (runs.Any(run => run.Seconds is not null))
            SummaryCards.Add(html, "Time", Tables.Duration(runs.Sum(run => run.Seconds ?? 0)), "all runs, one after another");
        if (runs.Any(run => run.CpuSeconds is not null))
            SummaryCards.Add(html, "Processor time", Tables.Duration(runs.Sum(run => run.CpuSeconds ?? 0)), "all cores together");
        if (runs.Max(run => run.PeakMemoryBytes) is { } memory)
            SummaryCards.Add(html, "Peak memory", Phrases.Memory(memory), "of the largest run");
        return html.Append("</dl>").ToString();
    }

    private static (Contestant Contestant, double Mean)? Best(CampaignView view, CampaignMetric metric)
    {
        (Contestant Contestant, double Mean)[] means =
        [
            .. view.Contestants.Full.Where(contestant => !contestant.Method.IsControl)
                .Select(contestant => (contestant, Spread.Of(CampaignView.Scores(view.DoneBy(contestant), metric))))
                .Where(pair => pair.Item2 is not null)
                .Select(pair => (pair.contestant, pair.Item2!.Value.Mean)),
        ];
        return means.Length < 2 ? null : metric.LargerIsBetter ? means.MaxBy(pair => pair.Mean) : means.MinBy(pair => pair.Mean);
    }

    private static string Levels(IGrouping<string, CampaignDataset> group)
    {
        string[] labels = [.. group.Where(dataset => dataset.Perturbation!.Label.Length > 0).Select(dataset => dataset.Perturbation!.Label).Distinct()];
        double[] levels = [.. group.Where(dataset => dataset.Perturbation!.Label.Length == 0).Select(dataset => dataset.Perturbation!.Level).OfType<double>().Distinct().Order()];
        string[] all = [.. levels.Select(Markup.Xml.Figure), .. labels];
        return all.Length == 0 ? group.Key : $"{group.Key} {string.Join(", ", all)}";
    }
}
