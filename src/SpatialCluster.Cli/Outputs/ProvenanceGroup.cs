using System.Globalization;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Cli.Outputs;

/// <summary><c>uns["spatialcluster"]</c>: what made a result, and from what.</summary>
internal static class ProvenanceGroup
{
    public static UnstructuredGroup Of(IntegrationOutcome outcome)
    {
        TissueDomains domains = outcome.Result.Domains;
        var entries = new List<KeyValuePair<string, UnstructuredValue>>
        {
            Text("version", ProductVersion.Text),
            Text("method", outcome.Options.Method.Name),
            new("method_version", new UnstructuredInteger(outcome.Options.Method.Version)),
            Text("preset", outcome.Options.Preset),
            Text("seed", outcome.Options.Seed.ToString(CultureInfo.InvariantCulture)),
            new("modalities", new UnstructuredTexts([.. outcome.Loaded.Slice.Modalities.Select(m => m.Name)])),
            new("modality_kinds", new UnstructuredTexts([.. outcome.Loaded.Slice.Modalities.Select(m => m.Kind.ToString().ToLowerInvariant())])),
            new("parameters", ParameterTree.Of(outcome)),
            new("domains", new UnstructuredGroup(
            [
                new("count", new UnstructuredInteger(domains.Count)),
                new("resolution", new UnstructuredNumber(domains.Resolution)),
                new("reached", new UnstructuredFlag(domains.Reached)),
                .. domains.Moran.Mean is { } moran ? [new KeyValuePair<string, UnstructuredValue>("moran", new UnstructuredNumber(moran))] : Array.Empty<KeyValuePair<string, UnstructuredValue>>(),
            ])),
            new("inputs", new UnstructuredGroup([.. outcome.Inputs.Select((input, i) => Input(input, i))])),
        };
        string[] notes = [.. outcome.Notes.Select(note => WithoutFolders(note, outcome))];
        if (notes.Length > 0)
            entries.Add(new("notes", new UnstructuredTexts(notes)));
        if (outcome.Result.Trained.Losses is { Epochs: > 0 } losses)
            entries.Add(new("losses", Losses(losses)));
        if (outcome.Request.Denoise)
            entries.Add(new("denoised", new UnstructuredGroup([.. outcome.Result.Preprocessed.Select(Denoised)])));
        return new UnstructuredGroup([new("spatialcluster", new UnstructuredGroup(entries))]);
    }

    private static KeyValuePair<string, UnstructuredValue> Text(string name, string value) => new(name, new UnstructuredText(value));

    private static KeyValuePair<string, UnstructuredValue> Input(InputFile input, int index) =>
        new(index.ToString(CultureInfo.InvariantCulture), new UnstructuredGroup(
        [
            Text("role", input.Role),
            Text("name", input.Name),
            new("bytes", new UnstructuredInteger(input.Bytes)),
            Text("sha256", input.Digest),
        ]));

    private static UnstructuredGroup Losses(LossHistory losses) => new(
    [
        new("total", new UnstructuredNumbers(losses.Total.ToArray())),
        .. losses.Terms.Select((term, i) => new KeyValuePair<string, UnstructuredValue>(term, new UnstructuredNumbers(losses.Term(i).ToArray()))),
    ]);

    private static KeyValuePair<string, UnstructuredValue> Denoised(PreprocessedModality modality) =>
        new(modality.Fitted.ModalityName, new UnstructuredGroup(
        [
            new("features", new UnstructuredTexts(modality.DenoisedFeatureNames)),
            Text("unit", modality.Fitted.DenoisedUnit),
        ]));

    // Where the input lies says nothing about the result.
    private static string WithoutFolders(string note, IntegrationOutcome outcome)
    {
        foreach ((_, string path) in outcome.Request.InputFiles().OrderByDescending(file => file.Path.Length))
            note = note.Replace(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), StringComparison.Ordinal);
        return note;
    }
}
