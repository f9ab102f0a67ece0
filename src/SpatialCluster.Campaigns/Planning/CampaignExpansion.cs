using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Goes through seeds, datasets, scenarios, methods and evaluations, in this order.</summary>
internal sealed class CampaignExpansion(CampaignDocument document, PlanOptions options, Scenario[][] scenarios, MethodVariant[] variants)
{
    private readonly PlanBuilder _builder = new();
    private readonly GrainForecast _forecast = new(options.Threads);
    private readonly EvaluationChoice _evaluation = new(document.Evaluations);
    private readonly List<ReportRow> _rows = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<(MethodVariant Variant, string Dataset), MethodSetting> _settings = [];
    private readonly Dictionary<(GrainKey Slice, string Modality, PreprocessingOptions Options), GrainKey> _modalities = [];
    private readonly HashSet<MethodVariant> _ran = [];
    private readonly HashSet<EvaluationEntry> _used = [];

    public PlannedCampaign Run()
    {
        for (int seed = 0; seed < document.Seeds.Count; seed++)
        {
            foreach (Scenario scenario in scenarios.SelectMany(s => s))
            {
                foreach (MethodVariant variant in variants.Where(v => Runs(v, scenario.Dataset)))
                    AddRun(seed, scenario, variant);
            }
        }

        foreach (MethodVariant idle in variants.Where(v => !_ran.Contains(v)))
            throw (idle.Ablation?.Place ?? idle.Entry.Place).Error($"({idle.Title}) runs nowhere: no dataset and evaluation suits it; look at 'datasets', at their truth, and at 'evaluation'.");
        foreach (EvaluationEntry idle in document.Evaluations.Where(e => !_used.Contains(e)))
            throw idle.Place.Error("suits none of the methods; use 'clusterer: leiden'.");
        return _builder.Build(document, _rows, _notes, scenarios.SelectMany(s => s).Max(s => s.Dataset.Spots));
    }

    private bool Runs(MethodVariant variant, DatasetPlan dataset)
    {
        if (!variant.RunsOn(dataset))
            return false;
        if (!variant.Method.SeesTruth || dataset.HasTruth)
            return true;
        EvaluationChoice.Note(_notes, $"{variant.Title} is shown the truth, and '{dataset.Entry.Name}' has none: left out there.");
        return false;
    }

    private void AddRun(int seedIndex, Scenario scenario, MethodVariant variant)
    {
        EvaluationEntry[] evaluations = [.. document.Evaluations.Where(e => EvaluationChoice.Suits(e, variant.Method, _notes))];
        if (evaluations.Length == 0)
            return;
        MethodSetting setting = SettingOf(variant, scenario.Dataset);
        _builder.Add(scenario.Slice, scenario.SliceKey, Lane.Cpu, $"slice {scenario.SliceTitle}", () => GrainForecast.Slice(scenario));
        var run = new TrainingRunSpec
        {
            Method = variant.Method,
            Options = setting.Options,
            Seed = variant.Method.UsesSeed ? document.Seeds[seedIndex] : 0,
            Slice = scenario.SliceKey,
            Modalities = [.. scenario.Present.Select(m => (scenario.Dataset.Modalities[m], AddModality(scenario, m, setting.Preprocessing[m])))],
            Backend = options.Backend,
        };
        GrainKey runKey = run.Key;
        string title = $"{variant.Title} on {scenario.Title}{(variant.Method.UsesSeed ? $", seed {run.Seed}" : "")}";
        _builder.Add(run, runKey, options.Backend == "cpu" ? Lane.Cpu : Lane.Gpu, title, () => _forecast.Run(scenario, variant, setting.Options, setting.Preprocessing));
        _ran.Add(variant);
        foreach (EvaluationEntry entry in evaluations)
            AddEvaluation(seedIndex, scenario, variant, setting, runKey, title, entry);
    }

    private GrainKey AddModality(Scenario scenario, int modality, PreprocessingOptions preprocessing)
    {
        string name = scenario.Dataset.Modalities[modality];
        if (_modalities.TryGetValue((scenario.SliceKey, name, preprocessing), out GrainKey key))
            return key;
        var spec = new ModalitySpec { Slice = scenario.SliceKey, Modality = name, Preprocessing = preprocessing };
        key = spec.Key;
        _modalities.Add((scenario.SliceKey, name, preprocessing), key);
        string components = preprocessing.Components is { } count ? $", {count} components" : "";
        _builder.Add(spec, key, Lane.Cpu, $"{name} of {scenario.SliceTitle} ({PreprocessingRecipe.NameOf(preprocessing)}{components})", () => GrainForecast.Modality(scenario.Dataset, modality, preprocessing));
        return key;
    }

    private void AddEvaluation(int seedIndex, Scenario scenario, MethodVariant variant, MethodSetting setting, GrainKey run, string title, EvaluationEntry entry)
    {
        DatasetPlan dataset = scenario.Dataset;
        var evaluation = new EvaluationSpec
        {
            Run = run,
            Slice = scenario.SliceKey,
            Clustering = EvaluationChoice.Clustering(entry, dataset, _notes),
            Umap = EvaluationChoice.Umap(entry, variant.Method, firstSeed: seedIndex == 0),
        };
        GrainKey key = evaluation.Key;
        string clusterer = _evaluation.Name(entry);
        _builder.Add(evaluation, key, Lane.Cpu, $"{clusterer} after {title}", () => GrainForecast.Evaluation(dataset, evaluation.Clustering, evaluation.Umap));
        _used.Add(entry);
        _rows.Add(new ReportRow
        {
            Dataset = dataset.Entry.Name,
            DatasetType = dataset.Type,
            Perturbation = scenario.Perturbation,
            Level = scenario.Level,
            Without = string.Join('+', scenario.Without),
            Method = variant.Method.Name,
            Variant = variant.Name,
            Ablation = variant.Ablation is not null,
            Preset = setting.Preset.Name,
            MethodVersion = variant.Method.Version,
            Overrides = setting.Overrides,
            Seed = document.Seeds[seedIndex],
            Clusterer = clusterer,
            Run = run,
            Evaluation = key,
            Slice = scenario.SliceKey,
        });
    }

    private MethodSetting SettingOf(MethodVariant variant, DatasetPlan dataset)
    {
        if (_settings.TryGetValue((variant, dataset.Entry.Name), out MethodSetting? setting))
            return setting;
        Preset preset = variant.PresetFor(dataset);
        PreprocessingEntry[] entries = [.. document.Preprocessing, .. variant.Entry.Preprocessing, .. variant.Ablation?.Preprocessing ?? []];
        setting = new MethodSetting(
            preset,
            variant.Options(preset),
            [.. Enumerable.Range(0, dataset.Modalities.Count).Select(m => PreprocessingChoice.Of(dataset, m, preset, entries))]);
        _settings.Add((variant, dataset.Entry.Name), setting);
        return setting;
    }
}
