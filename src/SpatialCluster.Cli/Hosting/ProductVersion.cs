using System.Reflection;

namespace SpatialCluster.Cli.Hosting;

/// <summary>The version of this program, without the build's own mark, so that outputs of one version are alike.</summary>
internal static class ProductVersion
{
    public static string Text { get; } = (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];
}
