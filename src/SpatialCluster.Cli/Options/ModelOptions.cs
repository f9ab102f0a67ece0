using System.CommandLine;

namespace SpatialCluster.Cli.Options;

/// <summary>Trained models.</summary>
internal sealed class ModelOptions : OptionSet
{
    private readonly Option<string?> _save;
    private readonly Option<string?> _load;

    public ModelOptions()
        : base("Model")
    {
        _save = One<string?>("--save-model", "FILE", "Keep the trained weights and the preprocessing.");
        _load = One<string?>("--load-model", "FILE", "Apply a saved model instead of training: the same input gives the same embedding. Method and preprocessing come from the model.");
    }

    public string? Save(ParseResult result) => result.GetValue(_save);

    public string? Load(ParseResult result) => result.GetValue(_load);
}
