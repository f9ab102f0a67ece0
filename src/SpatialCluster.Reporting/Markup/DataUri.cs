using SpatialCluster.Reporting.Imaging;

namespace SpatialCluster.Reporting.Markup;

/// <summary>Images inside of documents.</summary>
internal static class DataUri
{
    public static string Png(RgbaImage image) => "data:image/png;base64," + Convert.ToBase64String(PngEncoder.Encode(image));
}
