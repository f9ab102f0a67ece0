using System.Globalization;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Cli.Simulating;

/// <summary>A simulated slice as files: one <c>.h5ad</c> per modality.</summary>
internal static class SimulationFiles
{
    /// <summary>Writes <c>FOLDER/NAME.h5ad</c> for each modality; the folder is made where it is missing.</summary>
    /// <returns>The files, in the modalities' order.</returns>
    public static IReadOnlyList<string> Write(string folder, Slice slice, SimulationOptions options)
    {
        MakeFolder(folder);
        var paths = new List<string>();
        foreach (Modality modality in slice.Modalities)
        {
            string path = Path.Combine(folder, $"{modality.Name}.h5ad");
            AnnDataWriter.Write(path, new AnnDataDocument
            {
                SpotNames = slice.SpotNames,
                FeatureNames = modality.FeatureNames,
                X = modality.Counts,
                SpotColumns = [.. slice.Annotations.Select(DocumentColumn.Of)],
                FeatureColumns = [.. modality.FeatureAnnotations.Select(a => new CategoricalColumn(a.Name, a.Codes, a.Categories))],
                Tables = [IntegrationDocument.Places(slice.Coordinates)],
                Unstructured = new UnstructuredGroup([new("simulation", Parameters(options, options.Modalities.First(m => m.Name == modality.Name)))]),
            });
            paths.Add(path);
        }

        return paths;
    }

    /// <summary>Makes a folder, unless it is there.</summary>
    /// <exception cref="BadInputException">It cannot be made.</exception>
    public static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The folder {folder} cannot be made ({error.Message}); choose another --out.", error);
        }
    }

    private static UnstructuredGroup Parameters(SimulationOptions options, SimulatedModality modality) => new(
    [
        new("version", new UnstructuredText(ProductVersion.Text)),
        new("pattern", new UnstructuredText(options.Pattern)),
        new("rows", new UnstructuredInteger(options.Rows)),
        new("columns", new UnstructuredInteger(options.Columns)),
        new("noise", new UnstructuredNumber(options.NoiseLevel)),
        new("seed", new UnstructuredText(options.Seed.ToString(CultureInfo.InvariantCulture))),
        new("distribution", new UnstructuredText(modality.Distribution.ToString())),
        new("strength", new UnstructuredNumber(modality.Strength)),
        new("background", new UnstructuredNumber(modality.Background)),
        new("on_probability", new UnstructuredNumber(modality.OnProbability)),
        new("zero_inflation", new UnstructuredNumber(modality.ZeroInflation)),
        new("shape", new UnstructuredNumber(modality.Shape)),
        new("spatial_share", new UnstructuredNumber(modality.SpatialShare)),
        new("non_spatial_factors", new UnstructuredInteger(modality.NonSpatialFactors)),
    ]);
}
