using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.Files;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Cli.Outputs;

/// <summary>A table of spots for spreadsheets and scripts.</summary>
internal static class SpotTable
{
    public static void Write(string path, IntegrationOutcome outcome, OutputSet set)
    {
        Slice slice = outcome.Loaded.Slice;
        IReadOnlyList<string> names = outcome.DomainNames;
        var columns = new List<TextColumn>
        {
            TextColumn.Of("spot", slice.SpotNames),
            TextColumn.Of("x", slice.Coordinates.X),
            TextColumn.Of("y", slice.Coordinates.Y),
            TextColumn.Of(IntegrationDocument.DomainName, [.. outcome.Result.Domains.Labels.Select(label => names[label])]),
        };
        if (outcome.Loaded.Truth is { } truth)
            columns.Add(TextColumn.Of(IntegrationDocument.NameBeside(truth.Name), [.. truth.Codes.Select(code => code < 0 ? "" : truth.Categories[code])]));
        if (outcome.Result.Trained.Attention is { } attention)
            columns.AddRange(slice.Modalities.Select((m, i) => Attention($"attention_{m.Name}", attention, i)));
        TextTableWriter.Write(path, columns, set);
    }

    private static TextColumn Attention(string name, Matrix attention, int modality) =>
        TextColumn.Of(name, attention.Rows, row => attention.Row(row)[modality]);
}
