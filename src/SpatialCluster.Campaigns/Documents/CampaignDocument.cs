namespace SpatialCluster.Campaigns.Documents;

/// <summary>A campaign as it was written, checked as far as it can be without opening the data.</summary>
public sealed record CampaignDocument
{
    /// <summary>The version of the schema that is read.</summary>
    public const int Version = 1;

    /// <summary>The file that it was read from, for messages.</summary>
    public required string Source { get; init; }

    /// <summary>The text that it was read from.</summary>
    public required string Text { get; init; }

    /// <summary>The campaign's name: a-z, 0-9 and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>What it is about.</summary>
    public string Description { get; init; } = "";

    /// <summary>The datasets, at least one, names unique.</summary>
    public required IReadOnlyList<DatasetEntry> Datasets { get; init; }

    /// <summary>What is done to each of them; none leaves them as they are.</summary>
    public IReadOnlyList<PerturbationEntry> Perturbations { get; init; } = [];

    /// <summary>How modalities are preprocessed for all methods.</summary>
    public IReadOnlyList<PreprocessingEntry> Preprocessing { get; init; } = [];

    /// <summary>The methods, at least one.</summary>
    public required IReadOnlyList<MethodEntry> Methods { get; init; }

    /// <summary>The seeds, at least one, each once.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>How results are evaluated, at least one.</summary>
    public required IReadOnlyList<EvaluationEntry> Evaluations { get; init; }
}
