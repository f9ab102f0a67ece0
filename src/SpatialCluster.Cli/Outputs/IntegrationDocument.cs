using SpatialCluster.Cli.Integration;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Files;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Outputs;

/// <summary>
/// The result as AnnData. Everything in it follows from input, options and seed: no time, machine, thread count or folder
/// is written, so that the same run gives the same bytes.
/// </summary>
internal static class IntegrationDocument
{
    /// <summary>The column of <c>obs</c> with the domains.</summary>
    public const string DomainName = "domain";

    public static void Write(string path, IntegrationOutcome outcome, ThreadTeam team, OutputSet set)
    {
        Slice slice = outcome.Loaded.Slice;
        Modality first = slice.Modalities[0];
        var document = new AnnDataDocument
        {
            SpotNames = slice.SpotNames,
            FeatureNames = first.FeatureNames,
            X = first.Counts,
            SpotColumns = SpotColumns(outcome),
            Tables = [Places(slice.Coordinates)],
            Embeddings = Embeddings(outcome),
            Streams = outcome.Request.Denoise ? [.. Enumerable.Range(0, slice.Modalities.Count).Select(m => Denoised(outcome, m, team))] : [],
            Unstructured = ProvenanceGroup.Of(outcome),
        };
        AnnDataWriter.Write(path, document, set: set);
    }

    /// <summary>The entry of <c>obsm</c> with the embedding.</summary>
    public static string EmbeddingName(IntegrationMethod method) => $"X_{method.Name}";

    /// <summary>What a column of the input is called beside the domains found: its own name, unless that is theirs.</summary>
    public static string NameBeside(string name) => name == DomainName ? "input_domain" : name;

    /// <summary><c>obsm["spatial"]</c>.</summary>
    public static NamedTable Places(SpotCoordinates coordinates)
    {
        var places = new double[2 * coordinates.Count];
        for (int spot = 0; spot < coordinates.Count; spot++)
            (places[2 * spot], places[(2 * spot) + 1]) = (coordinates.X[spot], coordinates.Y[spot]);
        return new NamedTable("spatial", 2, places);
    }

    private static List<DocumentColumn> SpotColumns(IntegrationOutcome outcome)
    {
        var columns = new List<DocumentColumn> { new CategoricalColumn(DomainName, outcome.Result.Domains.Labels, outcome.DomainNames) };
        IEnumerable<SpotAnnotation> known = outcome.Loaded.Truth is { } truth ? [truth, .. outcome.Loaded.Slice.Annotations] : outcome.Loaded.Slice.Annotations;
        foreach (SpotAnnotation annotation in known)
        {
            string name = NameBeside(annotation.Name);
            if (!columns.Exists(column => column.Name == name))
                columns.Add(DocumentColumn.Of(annotation with { Name = name }));
        }

        return columns;
    }

    private static List<NamedMatrix<Matrix>> Embeddings(IntegrationOutcome outcome)
    {
        var embeddings = new List<NamedMatrix<Matrix>>();
        if (outcome.Result.Trained.Embedding is { } embedding)
            embeddings.Add(new NamedMatrix<Matrix>(EmbeddingName(outcome.Options.Method), embedding));
        if (outcome.Result.Trained.Attention is { } attention)
            embeddings.Add(new NamedMatrix<Matrix>("attention", attention));
        return embeddings;
    }

    private static StreamedMatrix Denoised(IntegrationOutcome outcome, int modality, ThreadTeam team)
    {
        PreprocessedModality preprocessed = outcome.Result.Preprocessed[modality];
        Matrix reconstruction = outcome.Result.Trained.Reconstructions[modality];
        int features = preprocessed.DenoisedFeatureNames.Count;
        return new StreamedMatrix($"denoised_{outcome.Loaded.Slice.Modalities[modality].Name}", features, (first, rows, block) =>
        {
            using var reconstructed = new Matrix(rows, reconstruction.Columns);
            using var values = new Matrix(rows, features);
            for (int row = 0; row < rows; row++)
                reconstruction.Row(first + row).CopyTo(reconstructed.Row(row));
            preprocessed.Denoise(first, reconstructed, values, team);
            for (int row = 0; row < rows; row++)
                values.Row(row).CopyTo(block.Slice(row * features, features));
        });
    }
}
