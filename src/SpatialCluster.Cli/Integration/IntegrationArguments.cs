using System.CommandLine;
using SpatialCluster.Cli.Options;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Cli.Integration;

/// <summary>The option groups of <c>integrate</c>, and what they come to together.</summary>
internal sealed record IntegrationArguments(
    SliceOptions Slice, MethodOptionSet Method, PreprocessingOptionSet Preprocessing, DomainOptionSet Domains, ModelOptions Model, RunOptions Run, OutputOptions Output)
{
    /// <summary>Reads a parsed command line, and a model where one is named.</summary>
    /// <param name="result">Without errors.</param>
    /// <returns>What is asked for.</returns>
    /// <exception cref="BadInputException">Something in it makes no sense.</exception>
    public IntegrationRequest Read(ParseResult result)
    {
        SliceRequest slice = Slice.Read(result);
        string? modelPath = Model.Load(result);
        SpaMiModel? model = modelPath is null ? null : LoadModel(result, modelPath, slice);
        IntegrationMethod method = model is null ? Method.ReadMethod(result) : MethodCatalogue.SpaMi;
        Preset preset = model is null ? Method.ReadPreset(result, method, [.. slice.Modalities.Select(ModalityKinds.Of)]) : method.Preset(model.Preset);
        if (Output.Denoise(result) && !method.Reconstructs)
            throw new BadInputException($"--denoise: the method {method.Name} reconstructs no features; use {string.Join(" or ", MethodCatalogue.All.Where(m => m.Reconstructs).Select(m => m.Name))}, or leave it out.");
        if (Model.Save(result) is not null && method != MethodCatalogue.SpaMi)
            throw new BadInputException($"--save-model keeps a trained {MethodCatalogue.SpaMi.Name} only, and the method is {method.Name}; leave it out.");
        return new IntegrationRequest
        {
            Slice = slice,
            Options = new IntegrationOptions
            {
                Preset = preset.Name,
                Method = method,
                Parameters = model?.Options ?? Method.Read(result, method, preset.Options),
                Preprocessing = model is null ? Preprocessing.Read(result, slice.Modalities, preset) : [.. slice.Modalities.Select(_ => PreprocessingOptions.None)],
                Domains = Domains.Read(result, preset.Domains),
                Seed = Method.ReadSeed(result) ?? model?.Seed ?? 0,
            },
            ClusterNeighboursGiven = Domains.NeighboursGiven(result),
            Run = Run.Read(result),
            Outputs = Output.Read(result),
            Denoise = Output.Denoise(result),
            Model = model,
            ModelPath = modelPath,
            SaveModel = Model.Save(result),
        };
    }

    private SpaMiModel LoadModel(ParseResult result, string path, SliceRequest slice)
    {
        Option? settled = Method.SettledByModel.Concat(Preprocessing.Options).FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
        if (settled is not null)
            throw new BadInputException($"{settled.Name} is settled by the model of --load-model; leave one of them out.");
        if (Model.Save(result) is not null)
            throw new BadInputException("--save-model keeps what was trained, and --load-model trains nothing; leave one of them out.");
        SpaMiModel model = SpaMiModel.Load(path);
        string[] trained = [.. model.Preprocessing.Select(p => p.ModalityName)];
        return slice.Modalities.Select(m => m.Name).SequenceEqual(trained, StringComparer.Ordinal)
            ? model
            : throw new BadInputException($"{path} was trained on {string.Join(", ", trained)}; give these modalities, under these names and in this order.");
    }
}
