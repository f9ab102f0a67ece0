using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Cli.Inspection;

/// <summary>Looks into files: their layout, their values, and what a user of them should know.</summary>
internal static class FileInspector
{
    private const int LargestPanel = 300;

    public static FileInspection Inspect(string path)
    {
        var problems = new List<string>();
        bool hdf5 = Hdf5TableReader.IsHdf5(path);
        IReadOnlyList<TableInspection> tables = hdf5 ? Hdf5(path, problems, out string format) : Other(path, problems, out format);
        var hints = new List<string>();
        foreach (TableInspection table in tables)
            InspectionRemarks.Add(table, hdf5, problems, hints);
        return new FileInspection
        {
            Path = path,
            Bytes = Directory.Exists(path) ? Directory.GetFiles(path).Sum(file => new FileInfo(file).Length) : new FileInfo(path).Length,
            Format = format,
            Tables = tables,
            Problems = problems,
            Hints = hints,
        };
    }

    private static List<TableInspection> Hdf5(string path, List<string> problems, out string format)
    {
        Hdf5Description description = Hdf5TableReader.Describe(path);
        format = description.Kind switch
        {
            Hdf5Kind.AnnData => "AnnData (.h5ad)",
            Hdf5Kind.MuData => "MuData (.h5mu)",
            Hdf5Kind.TenX => "10x matrix (.h5)",
            _ => "flat HDF5 (.h5)",
        };
        var tables = new List<TableInspection>();
        foreach (TableDescription table in description.Tables)
        {
            MeasurementTable? read = Read(() => Hdf5TableReader.Read(path, new ReadOptions { Part = table.Name.Length > 0 ? table.Name : null }), problems);
            ModalityKind kind = KindOf(table.Name, path, read, (int)long.Min(table.Features, int.MaxValue));
            tables.Add(new TableInspection
            {
                Name = table.Name,
                Kind = kind.ToString().ToLowerInvariant(),
                Measures = kind,
                Spots = table.Spots,
                Features = table.Features,
                HasCoordinates = table.HasCoordinates || read?.Coordinates is not null,
                Matrices = [.. table.Matrices.Select(m => new MatrixInspection(m.Name, m.Rows, m.Columns, m.Storage, m.StoredValues))],
                Obsm = [.. table.Embeddings.Select(e => new EntryInspection(e.Name, e.Columns))],
                Obs = [.. table.SpotColumns.Select(c => new ColumnInspection(c.Name, c.Kind.ToString().ToLowerInvariant(), c.Labels))],
                FeatureTypes = table.FeatureTypes,
                Values = read is null ? null : TableFigures.Of(read),
            });
        }

        return tables;
    }

    private static List<TableInspection> Other(string path, List<string> problems, out string format)
    {
        format = Directory.Exists(path) ? "10x folder" : path.Contains(".mtx", StringComparison.OrdinalIgnoreCase) ? "MatrixMarket" : "text table";
        if (Read(() => TableReader.Standard.Read(path, new ReadOptions()), problems) is not { } table)
            return [];
        ModalityKind kind = KindOf("", path, table, table.FeatureNames.Count);
        return
        [
            new TableInspection
            {
                Name = "",
                Kind = kind.ToString().ToLowerInvariant(),
                Measures = kind,
                Spots = table.SpotNames.Count,
                Features = table.FeatureNames.Count,
                HasCoordinates = table.Coordinates is not null,
                Obs = [.. table.Annotations.Select(a => new ColumnInspection(a.Name, "categorical", a.Categories.Count))],
                FeatureTypes = [.. table.FeatureTypes.Distinct()],
                Values = TableFigures.Of(table),
            },
        ];
    }

    private static MeasurementTable? Read(Func<MeasurementTable> read, List<string> problems)
    {
        try
        {
            MeasurementTable table = read();
            problems.AddRange(table.Warnings);
            return table;
        }
        catch (BadInputException error)
        {
            problems.Add(error.Message);
            return null;
        }
    }

    private static ModalityKind KindOf(string name, string path, MeasurementTable? table, int features) =>
        ModalityKinds.Infer(name)
        ?? ModalityKinds.Infer(Path.GetFileNameWithoutExtension(path))
        ?? (table is not null && table.FeatureTypes.Contains("Antibody Capture", StringComparer.Ordinal) && table.FeatureTypes.Distinct().Count() == 1 ? ModalityKind.Protein : (ModalityKind?)null)
        ?? (features <= LargestPanel ? ModalityKind.Protein : ModalityKind.Rna);
}
