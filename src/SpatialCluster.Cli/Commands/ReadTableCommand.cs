using System.CommandLine;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Data.Isolation;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Cli.Commands;

/// <summary>What the child process of <c>--untrusted</c> runs: reads one table and hands it over on standard output.</summary>
internal sealed class ReadTableCommand : ExplainedCommand
{
    public ReadTableCommand(CommandContext context)
        : base(ChildReaderFormat.Command, "Reads one table and writes it to standard output as bytes, for the process that started this one.")
    {
        Hidden = true;
        var path = new Argument<string>("file") { Description = "The file." };
        var layer = new Option<string?>("--layer");
        var part = new Option<string?>("--part");
        var inRows = new Option<string?>("--features-in-rows");
        var featureNames = new Option<string?>("--feature-names");
        var spotNames = new Option<string?>("--spot-names");
        Arguments.Add(path);
        foreach (Option option in (ReadOnlySpan<Option>)[layer, part, inRows, featureNames, spotNames])
            Options.Add(option);
        SetAction(result =>
        {
            var options = new ReadOptions
            {
                Layer = result.GetValue(layer),
                Part = result.GetValue(part),
                FeaturesInRows = result.GetValue(inRows) is { } text ? text == "true" : null,
                FeatureNamesFile = result.GetValue(featureNames),
                SpotNamesFile = result.GetValue(spotNames),
            };
            IsolatedReader.Serve(() => TableReader.Standard.Read(result.GetRequiredValue(path), options), context.OutputStream);
            context.OutputStream.Flush();
            return ExitCode.Done;
        });
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster read-table a.h5ad --layer counts > table"];
}
