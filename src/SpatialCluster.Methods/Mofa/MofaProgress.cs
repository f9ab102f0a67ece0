using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Mofa;

/// <summary>How far a training is: the bounds so far, and whether it has converged by mofapy2's rule.</summary>
/// <param name="options">Iterations and threshold.</param>
internal sealed class MofaProgress(MofaOptions options)
{
    public LossHistory Losses { get; } = new(["elbo"], options.Iterations);

    /// <summary>The bound before the first iteration, by which changes are measured.</summary>
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

    public void Add(double bound)
    {
        double change = Iterations == 0 ? double.PositiveInfinity : bound + Losses.Last;
        Quiet = 100 * Math.Abs(change / FirstBound) < Threshold ? Quiet + 1 : 0;
        Losses.Add(-bound, [bound]);
    }
}
