using System.Globalization;
using SpatialCluster.Data.Isolation;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Cli.Integration;

/// <summary>Files of unknown origin, whatever their format: read by this program in a child process.</summary>
/// <param name="cancellation">Ends the child.</param>
internal sealed class ChildReaderFormat(CancellationToken cancellation) : ITableFormat
{
    /// <summary>The hidden command that the child runs.</summary>
    public const string Command = "read-table";

    /// <summary>The program and the arguments that start it anew.</summary>
    public static (string Executable, IReadOnlyList<string> Arguments) Self()
    {
        string executable = Environment.ProcessPath ?? "dotnet";
        bool runtime = Path.GetFileNameWithoutExtension(executable) != "spatialcluster";
        return (executable, runtime ? ["exec", Path.Combine(AppContext.BaseDirectory, "spatialcluster.dll")] : []);
    }

    public bool Recognises(string path) => true;

    public MeasurementTable Read(string path, ReadOptions options)
    {
        (string executable, IReadOnlyList<string> start) = Self();
        var arguments = new List<string>(start) { Command, path };
        Add("--layer", options.Layer);
        Add("--part", options.Part);
        Add("--features-in-rows", options.FeaturesInRows?.ToString(CultureInfo.InvariantCulture).ToLowerInvariant());
        Add("--feature-names", options.FeatureNamesFile);
        Add("--spot-names", options.SpotNamesFile);
        return new IsolatedReader(executable, arguments).Read(path, cancellation);

        void Add(string option, string? value)
        {
            if (value is not null)
                arguments.AddRange([option, value]);
        }
    }
}
