using System.Text;

namespace SpatialCluster.Methods.Training;

/// <summary>What all checkpoints have around their state: what they are, their version, the run they belong to, and a mark at the end.</summary>
/// <param name="place">Where it is kept.</param>
/// <param name="kind">What kind of training it is of.</param>
/// <param name="version">The version of the state's format.</param>
/// <param name="key">What the run's result depends on, as a digest; another run refuses the checkpoint.</param>
internal sealed class CheckpointFrame(ITrainingCheckpoint place, string kind, int version, string key)
{
    private static ReadOnlySpan<byte> Magic => "SpatialCluster checkpoint\n"u8;

    /// <summary>Saves a state over what is there.</summary>
    public void Save(Action<BinaryWriter> state) => place.Save(stream =>
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(kind);
        writer.Write(version);
        writer.Write(key);
        state(writer);
        writer.Write("end");
    });

    /// <summary>Loads the state, where there is one.</summary>
    /// <returns>Whether there was.</returns>
    /// <exception cref="UnusableCheckpointException">It is damaged, of another version, or another run's.</exception>
    public bool Load(Action<BinaryReader> state)
    {
        using Stream? stream = place.Open();
        if (stream is null)
            return false;
        using var reader = new BinaryReader(stream);
        try
        {
            Check(reader);
            state(reader);
            if (reader.ReadString() != "end")
                throw new InvalidDataException("its end is missing");
            return true;
        }
        catch (Exception damage) when (damage is EndOfStreamException or InvalidDataException or FormatException)
        {
            throw new UnusableCheckpointException($"{place.Location} is damaged ({damage.Message}); delete it to start anew.", damage);
        }
    }

    private void Check(BinaryReader reader)
    {
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic) || reader.ReadString() != kind)
            throw new UnusableCheckpointException($"{place.Location} is no checkpoint of {kind}; delete it, or leave --resume out.");
        int found = reader.ReadInt32();
        if (found != version)
            throw new UnusableCheckpointException($"{place.Location} is a checkpoint of version {found}, and this program reads version {version}; delete it to start anew.");
        if (reader.ReadString() != key)
            throw new UnusableCheckpointException($"{place.Location} belongs to a run with other input, options or seed; delete it, or leave --resume out to start anew.");
    }
}
