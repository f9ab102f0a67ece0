using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Cli.Inspection;

/// <summary>The memory that training on the inspected tables together would take, with the customary parameters.</summary>
internal sealed record TrainingForecast(string Preset, long Spots, int Modalities, double TrainingMb, double AvailableMb, bool Fits)
{
    /// <summary>Forecasts.</summary>
    /// <param name="tables">At least one; the largest number of spots counts.</param>
    /// <param name="threads">Threads of the training.</param>
    /// <returns>The forecast; null where the tables are too small to be trained on.</returns>
    public static TrainingForecast? Of(IReadOnlyList<TableInspection> tables, int threads)
    {
        IntegrationMethod method = MethodCatalogue.SpaMi;
        Preset preset = method.Presets[0];
        long spots = tables.Count == 0 ? 0 : tables.Max(t => t.Spots);
        if (spots <= ((SpaMiOptions)preset.Options).Neighbours)
            return null;
        double bytes = method.ForecastBytes((int)spots, [.. tables.Select(table => Width(table, preset))], preset.Options, threads);
        double available = MemoryForecast.Available;
        return new TrainingForecast(preset.Name, spots, tables.Count, Megabytes(bytes), Megabytes(available), bytes <= available);
    }

    private static int Width(TableInspection table, Preset preset)
    {
        int? components = preset.PreprocessingOf(table.Measures).Components;
        return (int)long.Clamp(components is { } count ? long.Min(count, table.Features) : table.Features, 1, 65536);
    }

    private static double Megabytes(double bytes) => Math.Round(bytes / 1048576, 1);
}
