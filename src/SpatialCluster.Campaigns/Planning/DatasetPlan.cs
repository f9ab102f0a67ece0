using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>A dataset as the planner sees it: simulated or not, with its files taken in.</summary>
internal sealed record DatasetPlan
{
    public required DatasetEntry Entry { get; init; }

    public required IReadOnlyList<string> Modalities { get; init; }

    public required IReadOnlyList<ModalityKind> Kinds { get; init; }

    /// <summary>Whether the values of a modality are features already.</summary>
    public required IReadOnlyList<bool> Preprocessed { get; init; }

    public required IReadOnlyList<TableSize> Sizes { get; init; }

    public required bool HasTruth { get; init; }

    /// <summary>The dataset without perturbations.</summary>
    public required SliceSpec Slice { get; init; }

    public string Type => string.Join('+', Modalities);

    public long Spots => Sizes.Max(s => s.Spots);

    public static DatasetPlan Of(DatasetEntry entry, IInputIngest ingest)
    {
        if (entry.Simulation is { } simulation)
        {
            long spots = (long)simulation.Rows * simulation.Columns;
            return new DatasetPlan
            {
                Entry = entry,
                Modalities = [.. simulation.Modalities.Select(m => m.Name)],
                Kinds = [.. simulation.Modalities.Select(m => m.Kind)],
                Preprocessed = [.. simulation.Modalities.Select(_ => false)],
                Sizes = [.. simulation.Modalities.Select(m => new TableSize(spots, m.Features, spots * m.Features, Known: true))],
                HasTruth = true,
                Slice = new SliceSpec { Simulation = new SimulationSource(simulation) },
            };
        }

        FileDataset files = entry.Files!;
        return new DatasetPlan
        {
            Entry = entry,
            Modalities = [.. files.Modalities.Select(m => m.Name)],
            Kinds = files.Kinds,
            Preprocessed = [.. files.Modalities.Select(m => m.Preprocessed)],
            Sizes = [.. files.Modalities.Select(m => SizeOf(files, m))],
            HasTruth = files.Truth is not null,
            Slice = new SliceSpec
            {
                Files = new FileSource
                {
                    Modalities = files.Modalities,
                    Coordinates = files.Coordinates,
                    Truth = files.Truth,
                    AllowUnmatched = files.AllowUnmatched,
                    Files = [.. files.Files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => Ingest(entry, f, ingest))],
                },
            },
        };
    }

    private static InputFile Ingest(DatasetEntry entry, DatasetFile file, IInputIngest ingest)
    {
        try
        {
            return ingest.Ingest(file.Path, file.Name);
        }
        catch (BadInputException refusal)
        {
            throw entry.Place.Error(refusal);
        }
    }

    // A folder's matrix is the first of its files.
    private static TableSize SizeOf(FileDataset files, ModalityFile modality)
    {
        DatasetFile main = files.Files.FirstOrDefault(f => f.Name == modality.File)
            ?? files.Files.First(f => f.Name.StartsWith(modality.File + "/", StringComparison.Ordinal));
        return TableSize.Of(main.Path, modality.Part, modality.FeaturesInRows);
    }
}
