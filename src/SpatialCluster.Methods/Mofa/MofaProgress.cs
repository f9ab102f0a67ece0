using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Mofa;

/// <summary>How far a training is: the bounds so far, and whether it has converged by mofapy2's rule.</summary>
/// <param name="options">Iterations and threshold.</param>
internal sealed class MofaProgress(MofaOptions options)
{
    public LossHistory Losses { get; } = new(["elbo", "elbo/mofapy2"], options.Iterations);

    /// <summary>The bound before the first iteration, by which changes are measured; there mofapy2's is exact, too.</summary>
    public double FirstBound { get; set; }

    /// <summary>Iterations in a row that changed little.</summary>
    public int Quiet { get; set; }

    public int Capacity => options.Iterations;

    public int Iterations => Losses.Epochs;

    public bool Converged => Quiet >= 2;

    public bool Ended => Converged || Iterations >= options.Iterations;

    // In per cent, as mofapy2 has it.
    private double Threshold => options.Convergence switch
    {
        MofaConvergence.Fast => 0.0005,
        MofaConvergence.Medium => 0.00005,
        _ => 0.000005,
    };

    /// <summary>Appends an iteration.</summary>
    /// <param name="bound">The exact bound.</param>
    /// <param name="original">As mofapy2 computes it: the end is where that puts it.</param>
    public void Add(double bound, double original)
    {
        double change = Iterations == 0 ? double.PositiveInfinity : original - Losses.Term(1)[^1];
        Quiet = 100 * Math.Abs(change / FirstBound) < Threshold ? Quiet + 1 : 0;
        Losses.Add(-bound, [bound, original]);
    }
}
