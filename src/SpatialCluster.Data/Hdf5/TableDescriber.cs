using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5.Matrices;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Looks what is in a file.</summary>
internal static class TableDescriber
{
    /// <summary>The tables of a file.</summary>
    public static IReadOnlyList<TableDescription> Describe(H5Group root, Hdf5Kind kind) => kind switch
    {
        Hdf5Kind.MuData => DescribeModalities(root),
        Hdf5Kind.TenX => [DescribeTenX(root)],
        Hdf5Kind.Flat => [DescribeFlat(root)],
        _ => [DescribeAnnData(root, "")],
    };

    private static List<TableDescription> DescribeModalities(H5Group root)
    {
        using H5Group modalities = MuDataReader.OpenModalities(root);
        using H5Group? shared = root.FindGroup("obsm");
        bool places = shared is not null && shared.Has("spatial");
        var tables = new List<TableDescription>();
        foreach (string name in modalities.Names())
        {
            using H5Group? modality = modalities.FindGroup(name);
            if (modality is null)
                continue;
            TableDescription table = DescribeAnnData(modality, name);
            tables.Add(table with { HasCoordinates = table.HasCoordinates || places });
        }

        return tables;
    }

    private static TableDescription DescribeAnnData(H5Group group, string name)
    {
        using Frame obs = Frame.Open(group, "obs");
        using Frame var = Frame.Open(group, "var");
        using H5Group? layers = group.FindGroup("layers");
        using H5Group? raw = group.FindGroup("raw");
        using H5Group? obsm = group.FindGroup("obsm");
        var matrices = new List<MatrixDescription?> { Matrix(group, "X", "X") };
        matrices.AddRange((layers?.Names() ?? []).Select(layer => Matrix(layers!, layer, layer)));
        matrices.Add(raw is null ? null : Matrix(raw, "X", "raw"));
        List<EmbeddingDescription> embeddings = Embeddings(obsm);
        return new TableDescription
        {
            Name = name,
            Spots = obs.ReadIndex().LongLength,
            Features = var.ReadIndex().LongLength,
            Matrices = [.. matrices.OfType<MatrixDescription>()],
            Embeddings = embeddings,
            SpotColumns = Columns(obs),
            FeatureTypes = var.ColumnNames.Contains("feature_types") ? var.ReadColumn("feature_types")?.Categories ?? [] : [],
            HasCoordinates = embeddings.Exists(embedding => embedding.Name is "spatial" or "X_spatial" && embedding.Columns >= 2),
        };
    }

    private static TableDescription DescribeTenX(H5Group root)
    {
        using H5Group matrix = root.FindGroup("matrix")!;
        using H5Group? features = matrix.FindGroup("features");
        using H5Dataset data = matrix.Dataset("data");
        using H5Dataset spots = matrix.Dataset("barcodes");
        using H5Dataset? names = features?.FindDataset("name");
        using H5Dataset? types = features?.FindDataset("feature_type");
        return new TableDescription
        {
            Name = "",
            Spots = spots.Count,
            Features = names?.Count ?? 0,
            Matrices = [new MatrixDescription("X", spots.Count, names?.Count ?? 0, $"csr {data.Element.Description}", data.Count)],
            FeatureTypes = [.. types?.ReadTexts().Distinct(StringComparer.Ordinal) ?? []],
            HasCoordinates = TissuePositions.Find(root.File.Path, []) is not null,
        };
    }

    private static TableDescription DescribeFlat(H5Group root)
    {
        using H5Dataset features = root.Dataset(FlatReader.FeatureList(root));
        using H5Dataset spots = root.Dataset("cell");
        return new TableDescription
        {
            Name = "",
            Spots = spots.Count,
            Features = features.Count,
            Matrices = Matrix(root, "X", "X") is { } matrix ? [matrix] : [],
            HasCoordinates = root.Has("pos"),
        };
    }

    private static MatrixDescription? Matrix(H5Group parent, string member, string name)
    {
        using H5Location? found = parent.Find(member);
        switch (found)
        {
            case H5Dataset dataset:
                return new MatrixDescription(
                    name,
                    dataset.Shape.Length > 0 ? dataset.Shape[0] : 0,
                    dataset.Shape.Length > 1 ? dataset.Shape[1] : 0,
                    $"dense {dataset.Element.Description}",
                    dataset.Count);
            case H5Group group:
                (string encoding, long rows, long columns) = StoredMatrix.Describe(group);
                using (H5Dataset data = group.Dataset("data"))
                    return new MatrixDescription(name, rows, columns, $"{encoding} {data.Element.Description}", data.Count);
            default:
                return null;
        }
    }

    private static List<EmbeddingDescription> Embeddings(H5Group? obsm)
    {
        var embeddings = new List<EmbeddingDescription>();
        foreach (string name in obsm?.Names() ?? [])
        {
            using H5Dataset? dataset = obsm!.FindDataset(name);
            if (dataset is { Shape: [var rows, var columns] })
                embeddings.Add(new EmbeddingDescription(name, rows, columns));
        }

        return embeddings;
    }

    private static List<ColumnDescription> Columns(Frame obs)
    {
        var columns = new List<ColumnDescription>();
        foreach (string name in obs.ColumnNames)
        {
            if (obs.ReadColumn(name) is { } column)
                columns.Add(new ColumnDescription(name, column.Kind, column.ToAnnotation()?.Categories.Count ?? 0));
        }

        return columns;
    }
}
