using System.Globalization;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Mofa;

/// <summary>MOFA+ in the catalogue.</summary>
internal sealed class MofaMethod : IntegrationMethod
{
    public override string Name => "mofa";

    public override string Title => "MOFA+";

    public override string Origin => "Argelaguet et al., Genome Biol 2020";

    public override int Version => MofaTraining.MethodVersion;

    public override IReadOnlyList<Preset> Presets => MofaPresets.All;

    public override long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads)
    {
        int factors = ((MofaOptions)options).Factors, start = factors + FactorStart.Surplus;
        long features = widths.Sum(width => (long)width);

        // The start: directions and their scaled copies; products in double and float, and their components.
        long starting = (2 * FactorTable.BytesFor(features, start)) + FactorTable.BytesFor(spots, start)
            + Matrix.BytesFor(spots, start) + Matrix.BytesFor(spots, factors) + FactorTable.BytesFor(spots, factors);

        // The training: six tables of loadings, the two that a view multiplies with; factors, their product, the result.
        long training = (7 * FactorTable.BytesFor(features, factors)) + (2 * FactorTable.BytesFor(spots, factors))
            + Matrix.BytesFor(spots, factors) + Matrix.BytesFor(features, factors);
        return long.Max(starting, training) + (features * 4 * sizeof(double));
    }

    public override MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control)
    {
        MofaResult result = MofaTraining.Run(input, (MofaOptions)options, team, control);
        foreach (Matrix loadings in result.Loadings)
            loadings.Dispose();
        return new MethodResult { Embedding = result.Factors, Losses = result.Losses, Notes = NotesOf(result, input.Names, (MofaOptions)options) };
    }

    private static List<string> NotesOf(MofaResult result, IReadOnlyList<string> names, MofaOptions options)
    {
        List<string> notes =
        [
            $"MOFA+ {(result.Converged ? "converged after" : "was stopped after")} {result.Losses.Epochs} iterations with {result.Factors.Columns} of {options.Factors} factors.",
            $"Variance explained: {string.Join(", ", names.Select((name, m) => $"{name} {Percent(result.TotalVarianceExplained[m])}"))}.",
        ];
        for (int k = 0; k < result.Factors.Columns; k++)
            notes.Add($"Factor {k + 1} explains {string.Join(", ", names.Select((name, m) => $"{name} {Percent(result.VarianceExplained[m][k])}"))}.");
        for (int m = 0; m < names.Count; m++)
        {
            if (result.ConstantFeatures[m] > 0)
                notes.Add($"{result.ConstantFeatures[m]} features of {names[m]} never vary; MOFA+ learns nothing from them.");
        }

        return notes;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}
