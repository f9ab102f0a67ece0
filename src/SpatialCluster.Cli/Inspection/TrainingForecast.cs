using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Cli.Inspection;

/// <summary>The memory that training on the inspected tables together would take, with the customary parameters.</summary>
internal sealed record TrainingForecast(string Preset, long Spots, int Modalities, double TrainingMb, double AvailableMb, bool Fits)
{
    // Beyond this the forecast itself would take room; it grows with the spots, so a part stands for the whole.
    private const int MeasuredSpots = 50_000;

    /// <summary>Forecasts.</summary>
    /// <param name="tables">At least one; the largest number of spots counts.</param>
    /// <param name="threads">Threads of the training.</param>
    /// <returns>The forecast; null where the tables are too small to be trained on.</returns>
    public static TrainingForecast? Of(IReadOnlyList<TableInspection> tables, int threads)
    {
        Preset preset = Presets.Named(Presets.Default);
        long spots = tables.Count == 0 ? 0 : tables.Max(t => t.Spots);
        if (spots <= preset.SpaMi.Neighbours)
            return null;
        int measured = (int)long.Min(spots, MeasuredSpots);
        Matrix[] features = [.. tables.Select(table => new Matrix(measured, Width(table, preset)))];
        try
        {
            var input = new SpaMiInput
            {
                Names = [.. tables.Select((_, i) => $"modality {i}")],
                Features = features,
                Graphs = SpaMiGraphs.From(Ring(measured, preset.SpaMi.Neighbours)),
                Options = preset.SpaMi,
            };
            double bytes = input.ForecastBytes(threads) * ((double)spots / measured);
            double available = MemoryForecast.Available;
            return new TrainingForecast(preset.Name, spots, tables.Count, Megabytes(bytes), Megabytes(available), bytes <= available);
        }
        finally
        {
            foreach (Matrix matrix in features)
                matrix.Dispose();
        }
    }

    private static int Width(TableInspection table, Preset preset)
    {
        int? components = preset.PreprocessingOf(table.Measures).Components;
        return (int)long.Clamp(components is { } count ? long.Min(count, table.Features) : table.Features, 1, 65536);
    }

    // Any graph of that degree takes the same room.
    private static NeighbourTable Ring(int spots, int neighbours)
    {
        int[] indices = [.. Enumerable.Range(0, spots).SelectMany(spot => Enumerable.Range(1, neighbours).Select(step => (spot + step) % spots))];
        return new NeighbourTable(spots, neighbours, indices, new double[indices.Length]);
    }

    private static double Megabytes(double bytes) => Math.Round(bytes / 1048576, 1);
}
