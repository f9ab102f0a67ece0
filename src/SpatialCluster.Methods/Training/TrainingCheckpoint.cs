using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.Training;

/// <summary>
/// The state of a network's training: weights, Adam's moments, losses and the number of epochs done. What is drawn needs no state,
/// being a function of seed and epoch.
/// </summary>
/// <param name="place">Where it is kept.</param>
/// <param name="key">What the run's result depends on, as a digest.</param>
internal sealed class TrainingCheckpoint(ITrainingCheckpoint place, string key)
{
    private const int Version = 3;

    private readonly CheckpointFrame _frame = new(place, "a network", Version, key);

    public void Save(ITrainableNetwork network, LossHistory losses) => _frame.Save(writer =>
    {
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
    });

    /// <summary>Loads the state, where there is one.</summary>
    /// <exception cref="UnusableCheckpointException">It is damaged, of another version, or another run's.</exception>
    public void Load(ITrainableNetwork network, LossHistory losses, int epochs)
    {
        if (!_frame.Load(reader => Read(reader, network, losses, epochs)))
            return;
        network.Optimiser.Resume(losses.Epochs);
        foreach (Parameter parameter in network.Parameters)
            parameter.Pack();
    }

    private static void Read(BinaryReader reader, ITrainableNetwork network, LossHistory losses, int epochs)
    {
        int done = reader.ReadInt32();
        if (done < 0 || done > epochs)
            throw new InvalidDataException($"it says that {done} of {epochs} epochs are done");
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
    }
}
