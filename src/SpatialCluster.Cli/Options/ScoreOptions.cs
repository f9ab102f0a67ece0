using System.CommandLine;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Options;

/// <summary>What is scored.</summary>
internal sealed class ScoreOptions : OptionSet
{
    private readonly Option<string?> _embedding;
    private readonly Option<string?> _key;
    private readonly Option<string?> _truth;
    private readonly Option<string?> _labels;
    private readonly Option<ulong?> _seed;
    private readonly Option<int?> _threads;
    private readonly Option<bool> _json;

    public ScoreOptions()
        : base("Score")
    {
        _embedding = One<string?>("--embedding", "FILE.h5ad", "The file with the embedding.", required: true);
        _key = One<string?>("--key", "KEY", "The entry of obsm to score (default X_spami).");
        _truth = One<string?>("--truth", "FILE:COLUMN", "Known labels: labels.csv:domain, rna.h5ad:domain, or obs:COLUMN of the embedding's own file.");
        _labels = One<string?>("--labels", "FILE:COLUMN", "Score these labels instead of clustering the embedding; named like --truth.");
        _seed = One<ulong?>("--seed", "N", "Leiden's seed (default 0).");
        _threads = One<int?>("--threads", "N", "Threads (default: all cores).");
        _json = Flag("--json", "Print one JSON object on standard output, and nothing else there.");
    }

    public string Embedding(ParseResult result) => result.GetValue(_embedding)!;

    public string Key(ParseResult result) => result.GetValue(_key) ?? Outputs.IntegrationDocument.EmbeddingName(MethodCatalogue.SpaMi);

    public string? Truth(ParseResult result) => result.GetValue(_truth);

    public string? Labels(ParseResult result) => result.GetValue(_labels);

    public ulong Seed(ParseResult result) => result.GetValue(_seed) ?? 0;

    public int Threads(ParseResult result) => RunOptions.Threads(result.GetValue(_threads));

    public bool Json(ParseResult result) => result.GetValue(_json);
}
