using System.Globalization;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Inspection;

/// <summary>What is in files, for people.</summary>
internal static class InspectionSheet
{
    public static void Write(Sheet sheet, IReadOnlyList<FileInspection> files, TrainingForecast? forecast)
    {
        foreach (FileInspection file in files)
        {
            sheet.Title(string.Create(CultureInfo.InvariantCulture, $"{file.Path}: {file.Format}, {file.Bytes / 1048576.0:N1} MB"));
            foreach (TableInspection table in file.Tables)
                sheet.Facts(Facts(table));
            foreach (string problem in file.Problems)
                sheet.Line($"  ! {problem}");
            foreach (string hint in file.Hints)
                sheet.Line($"  → {hint}");
            sheet.Line();
        }

        if (forecast is not null)
        {
            sheet.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"Training on {forecast.Spots:N0} spots with {(forecast.Modalities == 1 ? "this modality" : $"these {forecast.Modalities} modalities")} ({forecast.Preset}) takes about {forecast.TrainingMb:N0} MB beside the input; {forecast.AvailableMb:N0} MB may be had{(forecast.Fits ? "" : ", which is too little")}."));
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts(TableInspection table)
    {
        string shape = string.Create(CultureInfo.InvariantCulture, $"{table.Spots:N0} spots × {table.Features:N0} features");
        yield return (table.Name.Length > 0 ? table.Name : "table", $"{shape} (taken for {table.Kind})");
        if (table.Values is { } values)
        {
            double share = values.NonZeros / double.Max(1, (double)table.Spots * table.Features);
            yield return ("values", string.Create(
                CultureInfo.InvariantCulture, $"{values.Minimum:G6} … {values.Maximum:G6}, {(values.WholeNumbers ? "whole numbers" : "fractions")}, {share:P1} other than zero"));
        }

        if (table.Matrices.Count > 0)
            yield return ("matrices", string.Join("; ", table.Matrices.Select(m => $"{m.Name} ({m.Storage})")));
        if (table.Obsm.Count > 0)
            yield return ("obsm", string.Join(", ", table.Obsm.Select(e => $"{e.Name} × {e.Columns}")));
        if (table.Obs.Count > 0)
            yield return ("obs", string.Join(", ", table.Obs.Select(c => c.Labels > 0 ? $"{c.Name} ({c.Labels} labels)" : c.Name)));
        if (table.FeatureTypes.Count > 0)
            yield return ("feature types", string.Join(", ", table.FeatureTypes));
        yield return ("coordinates", table.HasCoordinates ? "yes" : "no");
    }
}
