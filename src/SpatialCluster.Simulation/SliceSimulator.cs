using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation.Patterns;

namespace SpatialCluster.Simulation;

/// <summary>
/// Makes slices whose domains are known: spatial factors laid out by a <see cref="SpatialPattern"/>, seen by each modality
/// through its own features, together with factors that know nothing of space.
/// </summary>
public static class SliceSimulator
{
    /// <summary>The annotation that holds the true domain of each spot, <c>"0"</c> (background) … <c>"4"</c>.</summary>
    public const string TruthName = "domain";

    /// <summary>The feature annotation that names the spatial factor a feature carries, <c>"1"</c> … <c>"4"</c>.</summary>
    public const string SpatialFactorName = "spatial_factor";

    /// <summary>The feature annotation that names the non-spatial factor a feature carries, <c>"1"</c> … <c>"3"</c>.</summary>
    public const string NonSpatialFactorName = "nonspatial_factor";

    /// <summary>
    /// Simulates a slice of Rows × Columns spots, named <c>spot_0</c>, <c>spot_1</c>, … row by row, at (column, row). Every
    /// modality draws from streams named after it: adding one changes no other's numbers, the noise level scales the noise
    /// and changes nothing else, and the result is the same for any number of threads.
    /// </summary>
    /// <param name="options">The grid, the modalities, the noise, the seed.</param>
    /// <param name="team">The threads to use; one if absent.</param>
    /// <returns>The slice, with <see cref="TruthName"/> for the spots and the planted factors for the features.</returns>
    /// <exception cref="BadInputException">An option makes no sense.</exception>
    public static Slice Simulate(SimulationOptions options, ThreadTeam? team = null)
    {
        SpatialPattern pattern = SimulationOptionsValidator.Check(options);
        int spots = options.Rows * options.Columns;
        int[] domains = pattern.Domains(options.Rows, options.Columns);
        var names = new string[spots];
        var x = new double[spots];
        var y = new double[spots];
        for (int spot = 0; spot < spots; spot++)
        {
            names[spot] = $"spot_{spot}";
            x[spot] = spot % options.Columns;
            y[spot] = spot / options.Columns;
        }

        var root = new RandomStream(options.Seed);
        return new Slice
        {
            Name = $"{pattern.Name}, {options.Rows} × {options.Columns} spots, noise {options.NoiseLevel}, seed {options.Seed}",
            SpotNames = names,
            Coordinates = new SpotCoordinates(x, y),
            Annotations = [new SpotAnnotation(TruthName, domains, Numbers(0, pattern.Factors))],
            Modalities =
            [
                .. options.Modalities.Select(m => new ModalityPlan(m, pattern, spots, root.Derive($"simulation/{m.Name}"))
                    .Draw(domains, options.NoiseLevel, team)),
            ],
        };
    }

    internal static string[] Numbers(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(n => n.ToString())];
}
