using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Training;
using SpatialCluster.Data.Files;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>
/// A training on disk: weights, Adam's moments, losses and the number of epochs done. Dropout and shuffles need no state,
/// being functions of seed and epoch. The file names the run it belongs to, and another run refuses it.
/// </summary>
internal static class SpaMiCheckpoint
{
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "SpatialCluster checkpoint\n"u8;

    /// <summary>What the run's result depends on, as a digest.</summary>
    public static string KeyOf(SpaMiInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SpaMiOptions options = input.Options;
        string spec = string.Create(CultureInfo.InvariantCulture, $"""
            spami {SpaMiTraining.MethodVersion}
            {options with { ContrastiveWeights = [], ReconstructionWeights = [] }}
            contrastive {string.Join(' ', options.ContrastiveWeights)} reconstruction {string.Join(' ', options.ReconstructionWeights)}
            seed {input.Seed} modalities {string.Join(' ', input.Names)}
            """);
        hash.AppendData(Encoding.UTF8.GetBytes(spec));
        foreach (Matrix features in input.Features)
        {
            for (int row = 0; row < features.Rows; row++)
                hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(features.Row(row)));
        }

        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(input.Graphs.Adjacency.ColumnIndices.AsSpan()));
        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(input.Graphs.Readout.ColumnIndices.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static void Save(string path, string key, SpaMiNetwork network, LossHistory losses) => AtomicFile.Write(path, stream =>
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

    public static void Load(string path, string key, SpaMiNetwork network, LossHistory losses, int epochs)
    {
        using FileStream stream = File.OpenRead(path);
        using var reader = new BinaryReader(stream);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
                throw new BadInputException($"{path} is no checkpoint; delete it, or leave --resume out.");
            int version = reader.ReadInt32();
            if (version != Version)
                throw new BadInputException($"{path} is a checkpoint of version {version}, and this program reads version {Version}; delete it to start anew.");
            if (reader.ReadString() != key)
                throw new BadInputException($"{path} belongs to a run with other input, options or seed; delete it, or leave --resume out to start anew.");
            int done = reader.ReadInt32();
            if (done < 0 || done > epochs)
                throw new BadInputException($"{path} says that {done} of {epochs} epochs are done; it is damaged, delete it.");
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
                throw new BadInputException($"{path} is damaged; delete it.");
        }
        catch (Exception damage) when (damage is EndOfStreamException or InvalidDataException or FormatException)
        {
            throw new BadInputException($"{path} is damaged ({damage.Message}); delete it to start anew.", damage);
        }

        network.Optimiser.Resume(losses.Epochs);
        network.PackParameters();
    }
}
