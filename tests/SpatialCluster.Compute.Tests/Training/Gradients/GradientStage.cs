using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training.Gradients;

/// <summary>What an operation needs to run on: 420 spots are five tiles in three chunks, the last of both cut short.</summary>
internal sealed class GradientStage : IDisposable
{
    public const int Spots = 420;

    /// <summary>
    /// Float32 against double: sums of some hundred terms, of both signs, each rounded to 6e-8 of itself. Relative to the
    /// largest element of the tensor.
    /// </summary>
    private const double Tolerance = 1e-5;

    private const int Sampled = 16;

    private readonly ThreadTeam _team = new(2);

    public GradientStage() => Rows.Chunks.ShouldBe(3);

    /// <summary>How far differences reach: where there is a kink every so often, less.</summary>
    public double Step { get; init; } = 1e-5;

    public Random Random { get; } = new(77);

    public RowPartition Rows { get; } = new(Spots);

    public Arena Arena { get; } = Arena.OfSize(48 << 20);

    public int Threads => _team.Threads;

    public CsrMatrix Graph() => RandomGraph.Directed(Spots, 4, Random);

    public Matrix Uniform(int rows, int columns, double scale = 1) => RandomMatrix.Fill(Arena.Allocate(rows, columns), Random, scale);

    /// <summary>A value, and a gradient that holds something already.</summary>
    public Variable Variable(int width, double scale = 1) => new(Uniform(Spots, width, scale), Uniform(Spots, width));

    public void Set(Parameter parameter, double scale)
    {
        RandomMatrix.Fill(parameter.Value, Random, scale);
        parameter.Pack();
    }

    /// <summary>Runs strands one after another, each over all rows.</summary>
    public void Run(params RowWork[] strands)
    {
        var schedule = new Schedule(Rows);
        foreach (RowWork strand in strands)
            schedule.Rows(strand);
        schedule.Run(_team);
    }

    /// <summary>Compares a parameter's gradient with differences of the loss.</summary>
    public void Check(Parameter parameter, Dense variable, Func<double> loss)
    {
        parameter.ReduceGradient();
        Check(parameter.Name, Dense.From(parameter.Gradient), variable, loss);
    }

    /// <summary>Compares a gradient with central differences of the loss at random elements, the first and the last.</summary>
    public void Check(string name, Dense gradient, Dense variable, Func<double> loss)
    {
        int[] places = [0, variable.Data.Length - 1, .. Enumerable.Range(0, Math.Min(Sampled, variable.Data.Length)).Select(_ => Random.Next(variable.Data.Length))];
        double largest = gradient.Data.Max(Math.Abs);
        foreach (int place in places)
        {
            double value = variable.Data[place];
            variable.Data[place] = value + Step;
            double above = loss();
            variable.Data[place] = value - Step;
            double below = loss();
            variable.Data[place] = value;
            gradient.Data[place].ShouldBe((above - below) / (2 * Step), Tolerance * Math.Max(largest, 1e-6), $"{name}[{place}]");
        }

        largest.ShouldBeGreaterThan(0, name);
    }

    public void Dispose()
    {
        Arena.Dispose();
        _team.Dispose();
    }
}
