using System.Runtime.InteropServices;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Mofa;

/// <summary>The state of a training: all posteriors, the bounds so far. What follows from them is computed anew.</summary>
/// <param name="place">Where it is kept.</param>
/// <param name="key">What the run's result depends on, as a digest.</param>
internal sealed class MofaCheckpoint(ITrainingCheckpoint place, string key)
{
    private const int Version = 2;

    private readonly CheckpointFrame _frame = new(place, "MOFA+", Version, key);

    public void Save(MofaModel model, MofaProgress progress) => _frame.Save(writer =>
    {
        writer.Write(progress.FirstBound);
        writer.Write(progress.Quiet);
        WriteValues(writer, progress.Losses.Term(0));
        WriteValues(writer, progress.Losses.Term(1));
        writer.Write(model.Factors.Factors);
        WriteValues<double>(writer, model.FactorVariances);
        foreach (double[] values in Tables(model))
            WriteValues<double>(writer, values);
        foreach (GammaTerm[] terms in Terms(model))
            WriteValues<GammaTerm>(writer, terms);
    });

    /// <summary>Loads the state, where there is one.</summary>
    /// <param name="model">Takes over the state; it is at its start.</param>
    /// <param name="progress">Likewise.</param>
    /// <exception cref="UnusableCheckpointException">It is damaged, of another version, or another run's.</exception>
    public void Load(MofaModel model, MofaProgress progress) => _frame.Load(reader => Read(reader, model, progress));

    private static void Read(BinaryReader reader, MofaModel model, MofaProgress progress)
    {
        double first = reader.ReadDouble();
        int quiet = reader.ReadInt32();
        int iterations = reader.ReadInt32();
        if (iterations < 0 || iterations > progress.Capacity)
            throw new InvalidDataException($"{iterations} iterations");
        progress.FirstBound = first;
        var bounds = new double[iterations];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(bounds.AsSpan()));
        var originals = new double[iterations];
        ReadValues<double>(reader, originals);
        for (int i = 0; i < iterations; i++)
            progress.Add(bounds[i], originals[i]);
        progress.Quiet = quiet;
        int factors = reader.ReadInt32();
        if (factors < 1 || factors > model.Factors.Factors)
            throw new InvalidDataException($"{factors} factors");
        while (model.Factors.Factors > factors)
            model.Remove(factors);
        double[] variances = new double[factors];
        ReadValues<double>(reader, variances);
        foreach (double[] values in Tables(model))
            ReadValues<double>(reader, values);
        foreach (GammaTerm[] terms in Terms(model))
            ReadValues<GammaTerm>(reader, terms);
        model.Restore(variances);
    }

    private static IEnumerable<double[]> Tables(MofaModel model)
    {
        yield return model.Factors.Values;
        foreach (MofaView view in model.Views)
        {
            yield return view.Mean.Values;
            yield return view.Variance.Values;
            yield return view.Slab.Values;
            yield return view.SpikeVariance;
            yield return view.SlabShape;
            yield return view.SpikeShape;
        }
    }

    private static IEnumerable<GammaTerm[]> Terms(MofaModel model) => model.Views.SelectMany(view => new[] { view.Relevance, view.Noise });

    private static void WriteValues<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    private static void ReadValues<T>(BinaryReader reader, Span<T> values)
        where T : unmanaged
    {
        int count = reader.ReadInt32();
        if (count != values.Length)
            throw new InvalidDataException($"an array has {count} numbers instead of {values.Length}");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values));
    }
}
