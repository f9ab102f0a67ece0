using System.Text;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.Training;

/// <summary>
/// The state of a training: weights, Adam's moments, losses and the number of epochs done. What is drawn needs no state,
/// being a function of seed and epoch. It names the run it belongs to, and another run refuses it.
/// </summary>
/// <param name="place">Where it is kept.</param>
/// <param name="key">What the run's result depends on, as a digest.</param>
internal sealed class TrainingCheckpoint(ITrainingCheckpoint place, string key)
{
    private const int Version = 2;

    private static ReadOnlySpan<byte> Magic => "SpatialCluster checkpoint\n"u8;

    public void Save(ITrainableNetwork network, LossHistory losses) => place.Save(stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(key);
        writer.Write(losses.Epochs);
        for (int epoch = 0; epoch < losses.Epochs; epoch++)
        {
            writer.Write(losses.Total[epoch]);
            for (int term = 0; term < losses.Terms.Count; term++)
                writer.Write(losses.Term(term)[epoch]);
        }

        foreach (Parameter parameter in network.Parameters)
        {
            MatrixFormat.WriteValues(writer, parameter.Value.ToArray());
            MatrixFormat.WriteValues(writer, parameter.FirstMoment.ToArray());
            MatrixFormat.WriteValues(writer, parameter.SecondMoment.ToArray());
        }

        writer.Write("end");
    });

    /// <summary>Loads the state, where there is one.</summary>
    /// <exception cref="UnusableCheckpointException">It is damaged, of another version, or another run's.</exception>
    public void Load(ITrainableNetwork network, LossHistory losses, int epochs)
    {
        using Stream? stream = place.Open();
        if (stream is null)
            return;
        using var reader = new BinaryReader(stream);
        try
        {
            Read(reader, network, losses, epochs);
        }
        catch (Exception damage) when (damage is EndOfStreamException or InvalidDataException or FormatException)
        {
            throw new UnusableCheckpointException($"{place.Location} is damaged ({damage.Message}); delete it to start anew.", damage);
        }

        network.Optimiser.Resume(losses.Epochs);
        foreach (Parameter parameter in network.Parameters)
            parameter.Pack();
    }

    private void Read(BinaryReader reader, ITrainableNetwork network, LossHistory losses, int epochs)
    {
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            throw new UnusableCheckpointException($"{place.Location} is no checkpoint; delete it, or leave --resume out.");
        int version = reader.ReadInt32();
        if (version != Version)
            throw new UnusableCheckpointException($"{place.Location} is a checkpoint of version {version}, and this program reads version {Version}; delete it to start anew.");
        if (reader.ReadString() != key)
            throw new UnusableCheckpointException($"{place.Location} belongs to a run with other input, options or seed; delete it, or leave --resume out to start anew.");
        int done = reader.ReadInt32();
        if (done < 0 || done > epochs)
            throw new UnusableCheckpointException($"{place.Location} says that {done} of {epochs} epochs are done; it is damaged, delete it.");
        var terms = new double[losses.Terms.Count];
        for (int epoch = 0; epoch < done; epoch++)
        {
            double total = reader.ReadDouble();
            for (int term = 0; term < terms.Length; term++)
                terms[term] = reader.ReadDouble();
            losses.Add(total, terms);
        }

        foreach (Parameter parameter in network.Parameters)
        {
            MatrixFormat.ReadInto(reader, parameter.Value);
            MatrixFormat.ReadInto(reader, parameter.FirstMoment);
            MatrixFormat.ReadInto(reader, parameter.SecondMoment);
        }

        if (reader.ReadString() != "end")
            throw new UnusableCheckpointException($"{place.Location} is damaged; delete it.");
    }
}
