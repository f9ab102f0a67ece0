using System.Text;
using System.Text.Json;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Files;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>
/// A trained SpaMI as a file: hyper-parameters, preprocessing of each modality and weights. Applied to the input that it was
/// trained on, it gives the training's embedding, byte for byte.
/// </summary>
public sealed class SpaMiModel
{
    private const int Version = 1;

    /// <summary>The preset that the hyper-parameters started from.</summary>
    public required string Preset { get; init; }

    /// <summary>Hyper-parameters.</summary>
    public required SpaMiOptions Options { get; init; }

    /// <summary>The seed it was trained with.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The preprocessing of each modality, in the training's order.</summary>
    public required IReadOnlyList<FittedPreprocessing> Preprocessing { get; init; }

    /// <summary>The weights.</summary>
    public required TrainedWeights Weights { get; init; }

    private static ReadOnlySpan<byte> Magic => "SpatialCluster model\n"u8;

    /// <summary>Reads a model.</summary>
    /// <param name="path">As <see cref="Save"/> wrote it.</param>
    /// <returns>The model.</returns>
    /// <exception cref="BadInputException">The file is not there, no model, of a newer version or damaged.</exception>
    public static SpaMiModel Load(string path)
    {
        if (!File.Exists(path))
            throw new BadInputException($"There is no file {path}; --load-model names a file that --save-model wrote.");
        using FileStream stream = File.OpenRead(path);
        using var reader = new BinaryReader(stream);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
                throw new BadInputException($"{path} is no model; --load-model names a file that --save-model wrote.");
            int version = reader.ReadInt32();
            if (version != Version)
                throw new BadInputException($"{path} is a model of version {version}, and this program reads version {Version}; use the program that wrote it, or a newer one.");
            string preset = reader.ReadString();
            SpaMiOptions options = JsonSerializer.Deserialize<SpaMiOptions>(reader.ReadString()) ?? throw new InvalidDataException("it has no options");
            options.Validate();
            ulong seed = reader.ReadUInt64();
            int modalities = reader.ReadInt32();
            if (modalities is < 1 or > 256)
                throw new InvalidDataException($"it names {modalities} modalities");
            FittedPreprocessing[] preprocessing = [.. Enumerable.Range(0, modalities).Select(_ => FittedPreprocessing.Load(reader))];
            return new SpaMiModel { Preset = preset, Options = options, Seed = seed, Preprocessing = preprocessing, Weights = TrainedWeights.Read(reader) };
        }
        catch (Exception damage) when (damage is EndOfStreamException or InvalidDataException or FormatException or JsonException or IOException)
        {
            throw new BadInputException($"{path} is damaged ({damage.Message}); train the model anew.", damage);
        }
        catch (BadInputException damage) when (!damage.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new BadInputException($"{path}: {damage.Message}", damage);
        }
    }

    /// <summary>The preprocessing of a modality.</summary>
    /// <param name="modality">Its name.</param>
    /// <returns>What the training learnt.</returns>
    /// <exception cref="BadInputException">The model knows no such modality.</exception>
    public FittedPreprocessing PreprocessingOf(string modality) =>
        Preprocessing.FirstOrDefault(p => p.ModalityName == modality)
        ?? throw new BadInputException($"The model knows no modality '{modality}'; it was trained on {string.Join(", ", Preprocessing.Select(p => p.ModalityName))}, in that order: name yours alike.");

    /// <summary>Writes the model: whole or not at all.</summary>
    /// <param name="path">The wanted name.</param>
    /// <param name="set">The files that it belongs to: it gets its name with them. Null for one on its own.</param>
    public void Save(string path, OutputSet? set = null) => AtomicFile.Write(path, Write, set);

    /// <summary>Computes the embedding with the model's weights.</summary>
    /// <param name="input">Features as the training saw them.</param>
    /// <param name="team">The threads.</param>
    /// <returns>The result, without losses; the caller disposes it.</returns>
    public MethodResult Apply(MethodInput input, ThreadTeam team) =>
        SpaMiMethod.Wrap(SpaMiTraining.Apply(SpaMiMethod.InputOf(input, Options, team), Weights, team));

    private void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Preset);
        writer.Write(JsonSerializer.Serialize(Options));
        writer.Write(Seed);
        writer.Write(Preprocessing.Count);
        foreach (FittedPreprocessing fitted in Preprocessing)
            fitted.Save(writer);
        Weights.Write(writer);
    }
}
