using System.Runtime.InteropServices;
using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Mofa;

/// <summary>The state of a training: all posteriors, the bounds so far. What follows from them is computed anew. It names the run it belongs to.</summary>
/// <param name="place">Where it is kept.</param>
/// <param name="key">What the run's result depends on, as a digest.</param>
internal sealed class MofaCheckpoint(ITrainingCheckpoint place, string key)
{
    private const int FormatVersion = 1;

    private static ReadOnlySpan<byte> Magic => "SpatialCluster MOFA checkpoint\n"u8;

    public void Save(MofaModel model, MofaProgress progress) => place.Save(stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(key);
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
        writer.Write("end");
    });

    /// <summary>Loads the state, where there is one.</summary>
    /// <param name="model">Takes over the state; it is at its start.</param>
    /// <param name="progress">Likewise.</param>
    public void Load(MofaModel model, MofaProgress progress)
    {
        using Stream? stream = place.Open();
        if (stream is null)
            return;
        using var reader = new BinaryReader(stream);
        try
        {
            Read(reader, model, progress);
        }
        catch (Exception damage) when (damage is EndOfStreamException or InvalidDataException or FormatException)
        {
            throw new BadInputException($"{place.Location} is damaged ({damage.Message}); delete it to start anew.", damage);
        }
    }

    private void Read(BinaryReader reader, MofaModel model, MofaProgress progress)
    {
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            throw new BadInputException($"{place.Location} is no checkpoint of MOFA+; delete it, or leave --resume out.");
        int version = reader.ReadInt32();
        if (version != FormatVersion)
            throw new BadInputException($"{place.Location} is a checkpoint of version {version}, and this program reads version {FormatVersion}; delete it to start anew.");
        if (reader.ReadString() != key)
            throw new BadInputException($"{place.Location} belongs to a run with other input, options or seed; delete it, or leave --resume out to start anew.");
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
        if (reader.ReadString() != "end")
            throw new InvalidDataException("its end is missing");
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
