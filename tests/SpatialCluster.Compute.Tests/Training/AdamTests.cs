using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Compute.Tests.Training;

public sealed class AdamTests : IDisposable
{
    private readonly Arena _arena = Arena.OfSize(1 << 20);
    private readonly Random _random = new(6);

    [Theory]
    [InlineData(0.001, 0)]
    [InlineData(0.01, 0.1)]
    public void Update_SeveralSteps_FollowsThePaper(double rate, double decay)
    {
        Parameter parameter = Parameter();
        var adam = new Adam(rate, decay);
        double[] value = [.. parameter.Value.ToArray().Select(x => (double)x)];
        double[] first = new double[value.Length], second = new double[value.Length];
        for (int step = 1; step <= 20; step++)
        {
            RandomMatrix.Fill(parameter.Gradient, _random, Math.Pow(10, (step % 5) - 3));
            float[] gradient = parameter.Gradient.ToArray();
            adam.Advance();
            adam.Update(parameter);
            for (int i = 0; i < value.Length; i++)
            {
                double g = gradient[i] + (decay * value[i]);
                first[i] = (0.9 * first[i]) + (0.1 * g);
                second[i] = (0.999 * second[i]) + (0.001 * g * g);
                double firstUnbiased = first[i] / (1 - Math.Pow(0.9, step)), secondUnbiased = second[i] / (1 - Math.Pow(0.999, step));
                value[i] -= rate * firstUnbiased / (Math.Sqrt(secondUnbiased) + 1e-8);
            }
        }

        // A step is at most a few rates; each of twenty is rounded at 6e-8 of the value and 1e-6 of the step.
        float[] actual = parameter.Value.ToArray();
        for (int i = 0; i < value.Length; i++)
            ((double)actual[i]).ShouldBe(value[i], 20 * (1e-7 + (rate * 3e-6)));
        adam.Steps.ShouldBe(20);
    }

    [Fact]
    public unsafe void Update_PaddingAndUntouchedElements_StayZero()
    {
        Parameter parameter = Parameter();
        parameter.Value.Clear();
        var adam = new Adam(0.1, 0.1);
        adam.Advance();
        adam.Update(parameter);
        new Span<float>(parameter.Value.Data, 3 * parameter.Value.Stride).ToArray().ShouldAllBe(x => x == 0);
    }

    [Fact]
    public void Resume_AfterSomeSteps_GivesTheSameBits()
    {
        Parameter one = Parameter(), other = Parameter();
        other.Value.CopyFrom(one.Value);
        Adam straight = new(0.01, 0.01), before = new(0.01, 0.01), after = new(0.01, 0.01);
        for (int step = 0; step < 30; step++)
        {
            RandomMatrix.Fill(one.Gradient, _random);
            other.Gradient.CopyFrom(one.Gradient);
            if (step == 13)
                after.Resume(13);
            Adam now = step < 13 ? before : after;
            straight.Advance();
            straight.Update(one);
            now.Advance();
            now.Update(other);
        }

        after.Steps.ShouldBe(30);
        other.Value.ToArray().ShouldBe(one.Value.ToArray());
    }

    public void Dispose() => _arena.Dispose();

    private Parameter Parameter()
    {
        var parameter = new Parameter("p", 3, 21, new RowPartition(10), _arena);
        RandomMatrix.Fill(parameter.Value, _random);
        return parameter;
    }
}
