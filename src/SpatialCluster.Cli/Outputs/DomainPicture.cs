using System.Text;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;
using SpatialCluster.Reporting.Maps;

namespace SpatialCluster.Cli.Outputs;

/// <summary>The domains on the tissue, as PNG or SVG.</summary>
internal static class DomainPicture
{
    public static void CheckName(string path)
    {
        if (!IsPng(path) && !Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            throw new BadInputException($"--picture {path}: pictures are .png or .svg; choose one of them.");
    }

    public static void Write(string path, IntegrationOutcome outcome, OutputSet set)
    {
        SpotMap map = DomainMap.Create(Places(outcome), Domains(outcome), new MapOptions { Title = outcome.Loaded.Slice.Name });
        bool png = IsPng(path);
        AtomicFile.Write(path, stream => WriteTo(stream, map, png), set);
    }

    public static SpotPlaces Places(IntegrationOutcome outcome) => new(outcome.Loaded.Slice.Coordinates.X, outcome.Loaded.Slice.Coordinates.Y);

    public static SpotLabels Domains(IntegrationOutcome outcome) => new("Domain", outcome.Result.Domains.Labels, outcome.DomainNames);

    public static SpotLabels? Truth(IntegrationOutcome outcome) =>
        outcome.Loaded.Truth is { } truth ? new SpotLabels(truth.Name, truth.Codes, truth.Categories) : null;

    private static void WriteTo(Stream stream, SpotMap map, bool png)
    {
        if (png)
            map.WritePng(stream);
        else
            stream.Write(Encoding.UTF8.GetBytes(map.ToSvg()));
    }

    private static bool IsPng(string path) => Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);
}
