using System.CommandLine;
using System.Globalization;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Cli.Options;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Cli.Scoring;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Commands;

/// <summary>Scores an embedding or labels.</summary>
internal sealed class ScoreCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly ScoreOptions _options;
    private readonly DomainOptionSet _domains;

    public ScoreCommand(CommandContext context)
        : base("score", "Clusters an embedding (or takes labels that are there) and scores the domains: against known labels (ARI, AMI, NMI, homogeneity, completeness, V, Fowlkes-Mallows), in the embedding (silhouette, agreement of neighbours), and on the tissue (Moran's I).")
    {
        _context = context;
        _options = Add(new ScoreOptions());
        _domains = Add(new DomainOptionSet());
        SetAction(Run);
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "spatialcluster score --embedding out.h5ad --key X_spami --truth labels.csv:domain --domains 5",
        "spatialcluster score --embedding out.h5ad --truth slice/rna.h5ad:domain --labels obs:domain --json",
    ];

    private int Run(ParseResult result)
    {
        var request = new ScoreRequest
        {
            Embedding = _options.Embedding(result),
            Key = _options.Key(result),
            Truth = _options.Truth(result),
            Labels = _options.Labels(result),
            Domains = _domains.Read(result, MethodCatalogue.SpaMi.Presets[0].Domains),
            NeighboursGiven = _domains.NeighboursGiven(result),
            Seed = _options.Seed(result),
        };
        InputFile.Check(request.Embedding);
        using var team = new ThreadTeam(_options.Threads(result));
        EmbeddingScore score = EmbeddingScorer.Run(request, team, _context.Cancellation);
        if (_options.Json(result))
            JsonOutput.Write(_context.Output, score);
        else
            Write(new Sheet(_context), score);
        return ExitCode.Done;
    }

    private static void Write(Sheet sheet, EmbeddingScore score)
    {
        sheet.Title($"{score.Embedding}, {score.Key}: {score.Spots:N0} spots × {score.Width}, {score.Domains} domains ({(score.DomainSearch is { } search ? $"Leiden at resolution {search.Resolution.ToString("0.####", CultureInfo.InvariantCulture)}" : score.Labels)})");
        (string Name, double? Value)[] rows =
        [
            ("ARI", score.Ari), ("AMI", score.Ami), ("NMI", score.Nmi), ("homogeneity", score.Homogeneity), ("completeness", score.Completeness),
            ("V-measure", score.VMeasure), ("Fowlkes-Mallows", score.FowlkesMallows), ("silhouette", score.Silhouette), ("Moran's I", score.Moran), ("neighbour agreement", score.NeighborAgreement),
        ];
        sheet.Table(["score", "value"], rows.Where(row => row.Value is not null).Select(row => new[] { row.Name, row.Value!.Value.ToString("0.0000", CultureInfo.InvariantCulture) }));
        sheet.Notes(score.Notes);
    }
}
