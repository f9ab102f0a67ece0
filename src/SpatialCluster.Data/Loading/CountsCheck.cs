using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>Whether values are what the kind of modality asks for.</summary>
internal static class CountsCheck
{
    /// <summary>
    /// Refuses NaN and infinities always, negative values unless the modality is given as preprocessed, and a matrix of zeros; warns
    /// of values that are no whole numbers where counts are expected (all kinds but metabolite intensities).
    /// </summary>
    /// <returns>The warning, if there is one.</returns>
    public static LoadNote? Check(ModalityRequest request, ModalityKind kind, MeasurementTable table)
    {
        CsrMatrix values = table.Values;
        long negatives = 0;
        long fractions = 0;
        (int Spot, int Feature) firstNegative = default;
        bool nonZero = false;
        for (int spot = 0; spot < values.Rows; spot++)
        {
            ReadOnlySpan<float> row = values.RowValues(spot);
            for (int e = 0; e < row.Length; e++)
            {
                float value = row[e];
                if (!float.IsFinite(value))
                {
                    throw new BadInputException(
                        $"{table.Source}: spot '{table.SpotNames[spot]}', feature '{table.FeatureNames[values.RowColumns(spot)[e]]}' is {value}; every value must be finite: correct it{(table.OtherLayers.Count == 0 ? "" : $", or read another layer ({Layers(request, table)})")}.");
                }

                nonZero |= value != 0;
                if (value < 0 && negatives++ == 0)
                    firstNegative = (spot, values.RowColumns(spot)[e]);
                if (value != MathF.Floor(value))
                    fractions++;
            }
        }

        if (!nonZero)
            throw new BadInputException($"{table.Source} holds no value other than zero; check that '{request.Name}' names the right file and layer.");
        if (request.Preprocessed)
            return null;
        if (negatives > 0)
        {
            throw new BadInputException(
                $"{table.Source} holds {negatives:N0} negative values (first in spot '{table.SpotNames[firstNegative.Spot]}', feature '{table.FeatureNames[firstNegative.Feature]}') where {Expected(kind)} are expected: "
                + $"{Counts(request, table)}, or say --preprocessed {request.Name} if these are features ready for use.");
        }

        return fractions == 0 || request.FractionsExpected || kind == ModalityKind.Metabolite ? null : new LoadNote(
            LoadSeverity.Warning,
            $"{request.Name}: {fractions:N0} of {values.NonZeros:N0} values of {table.Source} are no whole numbers where {Expected(kind)} are expected; if they are normalised already, {Counts(request, table)}, or say --preprocessed {request.Name}.");
    }

    // Names only what is there.
    private static string Counts(ModalityRequest request, MeasurementTable table) => table.OtherLayers.Count == 0
        ? "give a file that holds the counts"
        : $"read the layer that holds the counts ({Layers(request, table)})";

    private static string Layers(ModalityRequest request, MeasurementTable table)
    {
        const int Most = 5;
        IEnumerable<string> named = table.OtherLayers.Take(Most).Select(layer => $"--layer {request.Name}={layer}");
        return string.Join(", ", table.OtherLayers.Count > Most ? named.Append("…") : named);
    }

    private static string Expected(ModalityKind kind) => kind == ModalityKind.Metabolite ? "intensities" : "counts";
}
