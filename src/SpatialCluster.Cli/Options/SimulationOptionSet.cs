using System.CommandLine;
using System.Globalization;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Simulation;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Cli.Options;

/// <summary>What slice to simulate.</summary>
internal sealed class SimulationOptionSet : OptionSet
{
    private readonly Option<string?> _pattern;
    private readonly Option<string?> _modalities;
    private readonly Option<double?> _noise;
    private readonly Option<string?> _grid;
    private readonly Option<ulong?> _seed;
    private readonly (Option<string[]> Option, Func<SimulatedModality, string, SimulatedModality> Apply)[] _parameters;

    public SimulationOptionSet()
        : base("Slice")
    {
        _pattern = One<string?>("--pattern", "PATTERN", "The layout of the true domains: ggblocks (default).");
        _modalities = One<string?>("--modalities", "NAME,NAME,…", $"What is measured: {string.Join(", ", SimulatedModality.Presets.Select(p => p.Name))} (default rna,protein).");
        _noise = One<double?>("--noise", "L", "Normal noise on every entry, with a deviation of L × the modality's strength (default 0).");
        _grid = One<string?>("--grid", "N|ROWSxCOLUMNS", "Spots along the sides, multiples of 6 (default 36).");
        _seed = One<ulong?>("--seed", "N", "Decides everything that is drawn (default 0).");
        _parameters =
        [
            (Of("--features", "N", "Number of features."), (m, text) => m with { Features = ValueText.Count("--features", text, 1) }),
            (Of("--strength", "M", "How much an active pair of factors adds to the mean."), (m, text) => m with { Strength = Number("--strength", text) }),
            (Of("--background", "B", "The mean where no factor is active."), (m, text) => m with { Background = Number("--background", text) }),
            (Of("--on-probability", "P", "How often a non-spatial factor is on."), (m, text) => m with { OnProbability = Number("--on-probability", text) }),
            (Of("--zero-inflation", "P", "The share of entries set to zero."), (m, text) => m with { ZeroInflation = Number("--zero-inflation", text) }),
            (Of("--shape", "R", "The shape of the gamma distribution behind the counts."), (m, text) => m with { Shape = Number("--shape", text) }),
            (Of("--spatial-share", "S", "The share of the strength that the spatial factor carries."), (m, text) => m with { SpatialShare = Number("--spatial-share", text) }),
            (Of("--non-spatial-factors", "N", "Number of factors that know nothing of space."), (m, text) => m with { NonSpatialFactors = ValueText.Count("--non-spatial-factors", text, 1) }),
        ];
    }

    /// <summary>The options of the simulator.</summary>
    /// <exception cref="BadInputException">A name or number that makes no sense.</exception>
    public SimulationOptions Read(ParseResult result)
    {
        SimulatedModality[] modalities = [.. (result.GetValue(_modalities) ?? "rna,protein").Split(',').Select(SimulatedModality.Named)];
        string[] names = [.. modalities.Select(m => m.Name)];
        foreach ((Option<string[]> option, Func<SimulatedModality, string, SimulatedModality> apply) in _parameters)
        {
            var values = new NamedValues(option.Name, result.GetValue(option), names);
            for (int m = 0; m < modalities.Length; m++)
            {
                if (values.For(names[m]) is { } value)
                    modalities[m] = apply(modalities[m], value);
            }
        }

        (int rows, int columns) = Grid(result.GetValue(_grid) ?? "36");
        return new SimulationOptions
        {
            Pattern = result.GetValue(_pattern) ?? "ggblocks",
            Rows = rows,
            Columns = columns,
            Modalities = modalities,
            NoiseLevel = result.GetValue(_noise) ?? 0,
            Seed = result.GetValue(_seed) ?? 0,
        };
    }

    private Option<string[]> Of(string name, string value, string description) =>
        Many(name, $"[NAME=]{value}", $"{description} For all modalities or for one.");

    private static double Number(string option, string text) => ValueText.Number(option, text, 0);

    private static (int Rows, int Columns) Grid(string text)
    {
        string[] sides = text.Split('x');
        return sides.Length <= 2 && sides.All(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? (int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[^1], CultureInfo.InvariantCulture))
            : throw new BadInputException($"--grid is '{text}'; write 36, or rows x columns as in 36x48.");
    }
}
