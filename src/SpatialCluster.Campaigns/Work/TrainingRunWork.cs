using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Runs one method on the preprocessed modalities of a slice.</summary>
internal sealed class TrainingRunWork : IGrainWork
{
    private const double Mebibyte = 1 << 20;

    public string Kind => TrainingRunSpec.KindName;

    public IReadOnlyList<string> Codes { get; } = [.. MethodCatalogue.All.Select(TrainingRunSpec.CodeOf)];

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        TrainingRunSpec run = TrainingRunSpec.Parse(spec);
        if (run.Backend != "cpu")
            throw new BadInputException($"There is no backend '{run.Backend}' here; use cpu.");
        run.Options.Validate();
        context.Begin("read features");
        StoredPlaces slice = StoredPlaces.Load(context.Input(run.Slice), context.Open);
        var features = new List<Matrix>();
        try
        {
            foreach ((_, GrainKey key) in run.Modalities)
                features.Add(new StoredArrays(context.Input(key), context.Open).Matrix(ModalityWork.Features));
            MethodInput input = InputOf(run, slice, features);
            Require(run, input, context.Team.Threads);
            context.Begin("train");
            using MethodResult result = run.Method.Run(input, run.Options, context.Team, context.Training);
            context.Begin("write");
            return new GrainProducts(StoredRun.Put(result, context), Values(run, result));
        }
        finally
        {
            features.ForEach(f => f.Dispose());
        }
    }

    private static MethodInput InputOf(TrainingRunSpec run, StoredPlaces slice, List<Matrix> features)
    {
        string[] names = [.. run.Modalities.Select(m => m.Name)];
        if (run.Method.SeesTruth && slice.Truth is null)
            throw new BadInputException($"The method {run.Method.Name} is shown the truth, and the slice has none; name the dataset's truth, or leave the method out.");
        for (int m = 0; m < names.Length; m++)
        {
            if (features[m].Rows != slice.Coordinates.Count)
                throw new BadInputException($"The modality '{names[m]}' has {features[m].Rows:N0} spots and the slice {slice.Coordinates.Count:N0}; take modalities of this slice.");
        }

        return new MethodInput
        {
            Names = names,
            Kinds = [.. names.Select(name => slice.Modalities.FirstOrDefault(m => m.Name == name)?.Kind
                ?? throw new BadInputException($"The slice has no modality '{name}'; {Suggestions.Sentence(name, [.. slice.Modalities.Select(m => m.Name)])}"))],
            Features = features,
            Coordinates = slice.Coordinates,
            Seed = run.Seed,
            Truth = run.Method.SeesTruth ? slice.Truth!.Codes : null,
        };
    }

    private static void Require(TrainingRunSpec run, MethodInput input, int threads)
    {
        long bytes = run.Method.ForecastBytes(input.Spots, [.. input.Features.Select(f => f.Columns)], run.Options, threads);
        long most = MemoryForecast.Available;
        if (bytes > most)
        {
            throw new BadInputException(
                $"{run.Method.Title} on {input.Spots:N0} spots will take {bytes / Mebibyte:N0} MiB and {most / Mebibyte:N0} MiB may be had; "
                + "lower the widths among the method's parameters, run fewer grains at a time, or run the campaign on a machine with more memory.");
        }
    }

    private static JsonObject Values(TrainingRunSpec run, MethodResult result) => new()
    {
        ["method"] = run.Method.Name,
        ["modalities"] = new JsonArray([.. run.Modalities.Select(m => (JsonNode)m.Name)]),
        ["width"] = result.Embedding?.Columns,
        ["epochs"] = result.Losses?.Epochs,
        ["terms"] = new JsonArray([.. (result.Losses?.Terms ?? []).Select(t => (JsonNode)t)]),
        ["final-loss"] = result.Losses is { } losses ? JsonNumber.Of(losses.Last) : null,
        ["notes"] = new JsonArray([.. result.Notes.Select(n => (JsonNode)n)]),
    };
}
