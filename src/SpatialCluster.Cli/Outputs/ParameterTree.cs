using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.Options;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;
using Entry = System.Collections.Generic.KeyValuePair<string, SpatialCluster.Data.AnnData.UnstructuredValue>;

namespace SpatialCluster.Cli.Outputs;

/// <summary>Every parameter that a result depends on, by the names of the command line.</summary>
internal static class ParameterTree
{
    public static UnstructuredGroup Of(IntegrationOutcome outcome)
    {
        IntegrationOptions options = outcome.Options;
        Entry[] preprocessing = outcome.Request.Model is null
            ? [.. outcome.Loaded.Slice.Modalities.Select((m, i) => new Entry(m.Name, Preprocessing(options.Preprocessing[i])))]
            : [Text("source", "the model that was loaded")];
        return new UnstructuredGroup(
        [
            new(options.Method.Name, Parameters(options.Parameters)),
            new("preprocessing", new UnstructuredGroup(preprocessing)),
            new("domains", Domains(options.Domains)),
        ]);
    }

    /// <summary>The same as lines of text, groups joined by points.</summary>
    public static IEnumerable<(string Name, string Value)> Flatten(UnstructuredGroup group, string prefix = "")
    {
        foreach ((string name, UnstructuredValue value) in group.Entries)
        {
            if (value is UnstructuredGroup inner)
            {
                foreach ((string Name, string Value) entry in Flatten(inner, $"{prefix}{name}."))
                    yield return entry;
                continue;
            }

            yield return (prefix + name, value switch
            {
                UnstructuredText text => text.Value,
                UnstructuredInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
                UnstructuredNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
                UnstructuredFlag flag => flag.Value ? "on" : "off",
                UnstructuredNumbers numbers => string.Join(", ", numbers.Values.Select(v => v.ToString(CultureInfo.InvariantCulture))),
                _ => value.ToString()!,
            });
        }
    }

    private static UnstructuredGroup Parameters(MethodOptions options) => new(
        [.. OptionRecord.ToJson(options).Select(option => new Entry(option.Key.Replace('-', '_'), Value(option.Value)))]);

    private static UnstructuredValue Value(JsonNode? value) => value switch
    {
        null => new UnstructuredText("none"),
        JsonArray list when list.All(item => item!.GetValueKind() == JsonValueKind.Number) => new UnstructuredNumbers([.. list.Select(item => double.Parse(item!.ToJsonString(), CultureInfo.InvariantCulture))]),
        JsonArray list => new UnstructuredTexts([.. list.Select(item => item!.ToString())]),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => new UnstructuredFlag(value.GetValue<bool>()),
            JsonValueKind.String => new UnstructuredText(value.GetValue<string>()),
            _ => long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out long whole) ? new UnstructuredInteger(whole) : new UnstructuredNumber(double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)),
        },
    };

    private static UnstructuredGroup Preprocessing(PreprocessingOptions options) => options switch
    {
        RnaPreprocessingOptions rna => new UnstructuredGroup(
        [
            Text("recipe", "rna"), Count("components", rna.Components, "all"), Count("hvg", rna.HighlyVariableGenes, "all"), Count("min_spots", rna.MinSpots), Number("target_total", rna.TargetTotal),
        ]),
        ProteinPreprocessingOptions protein => new UnstructuredGroup(
        [
            Text("recipe", "protein"), Count("components", protein.Components, "none"), Count("min_spots", protein.MinSpots, "none"),
        ]),
        AtacPreprocessingOptions atac => new UnstructuredGroup(
        [
            Text("recipe", "atac"), Count("components", atac.Components, "all"), Number("min_spot_fraction", atac.MinSpotFraction), Number("target_total", atac.TargetTotal),
        ]),
        MetabolitePreprocessingOptions metabolite => new UnstructuredGroup(
        [
            Text("recipe", "metabolite"),
            Count("components", metabolite.Components, "none"),
            Count("min_spots", metabolite.MinSpots),
            Flag("total_ion_count", metabolite.TotalIonCount),
            metabolite.TargetTotal is { } total ? Number("target_total", total) : Text("target_total", "median"),
            Flag("log", metabolite.LogTransform),
            Flag("scale", metabolite.Scale),
            metabolite.Clip is { } clip ? Number("clip", clip) : Text("clip", "none"),
        ]),
        _ => new UnstructuredGroup([Text("recipe", "preprocessed")]),
    };

    private static UnstructuredGroup Domains(DomainOptions options) => new(
    [
        Count("domains", options.Domains, "by resolution"),
        Number("resolution", options.Resolution),
        Count("cluster_neighbors", options.Neighbours),
        Count("cluster_components", options.PrincipalComponents, "none"),
    ]);

    private static Entry Count(string name, int? value, string none = "") =>
        value is { } count ? new Entry(name, new UnstructuredInteger(count)) : Text(name, none);

    private static Entry Number(string name, double value) => new(name, new UnstructuredNumber(value));

    private static Entry Flag(string name, bool value) => new(name, new UnstructuredFlag(value));

    private static Entry Text(string name, string value) => new(name, new UnstructuredText(value));
}
