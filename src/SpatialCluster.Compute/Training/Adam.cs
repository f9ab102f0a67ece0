using System.Runtime.Intrinsics;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// The Adam optimiser (Kingma &amp; Ba, 2015) with PyTorch's defaults β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and L2 weight decay.
/// </summary>
/// <param name="learningRate">The step size.</param>
/// <param name="weightDecay">Added to the gradient as decay × value.</param>
public sealed unsafe class Adam(double learningRate, double weightDecay = 0)
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    /// <summary>Steps taken so far; part of a checkpoint.</summary>
    public int Steps { get; private set; }

    // β₁^Steps and β₂^Steps, multiplied up so that a resumed run has the same bits.
    private double _power1 = 1;
    private double _power2 = 1;

    /// <summary>Continues after a checkpoint.</summary>
    /// <param name="steps">Steps taken before.</param>
    public void Resume(int steps)
    {
        (Steps, _power1, _power2) = (0, 1, 1);
        while (Steps < steps)
            Advance();
    }

    /// <summary>Begins the next step; then <see cref="Update"/> each parameter once.</summary>
    public void Advance()
    {
        Steps++;
        _power1 *= Beta1;
        _power2 *= Beta2;
    }

    /// <summary>Moves one parameter against its gradient.</summary>
    /// <param name="parameter">With its gradient reduced.</param>
    public void Update(Parameter parameter)
    {
        Vector512<float> step = Vector512.Create((float)(learningRate / (1 - _power1)));
        Vector512<float> correction = Vector512.Create((float)(1 / Math.Sqrt(1 - _power2)));
        Vector512<float> decay = Vector512.Create((float)weightDecay);
        Vector512<float> beta1 = Vector512.Create((float)Beta1), other1 = Vector512.Create((float)(1 - Beta1));
        Vector512<float> beta2 = Vector512.Create((float)Beta2), other2 = Vector512.Create((float)(1 - Beta2));
        Vector512<float> epsilon = Vector512.Create((float)Epsilon);
        float* value = parameter.Value.Data, gradient = parameter.Gradient.Data;
        float* first = parameter.FirstMoment.Data, second = parameter.SecondMoment.Data;
        long length = (long)parameter.Value.Rows * parameter.Value.Stride;
        for (long i = 0; i < length; i += 16)
        {
            Vector512<float> x = Vector512.Load(value + i);
            Vector512<float> g = Vector512.FusedMultiplyAdd(decay, x, Vector512.Load(gradient + i));
            Vector512<float> m = Vector512.FusedMultiplyAdd(beta1, Vector512.Load(first + i), other1 * g);
            Vector512<float> v = Vector512.FusedMultiplyAdd(beta2, Vector512.Load(second + i), other2 * (g * g));
            m.Store(first + i);
            v.Store(second + i);
            (x - (step * m / Vector512.FusedMultiplyAdd(Vector512.Sqrt(v), correction, epsilon))).Store(value + i);
        }
    }
}
