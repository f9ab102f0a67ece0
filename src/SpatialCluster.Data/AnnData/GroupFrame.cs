using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;

namespace SpatialCluster.Data.AnnData;

/// <summary>A table kept as a group with one member per column.</summary>
internal sealed class GroupFrame : Frame
{
    private const string OldCategories = "__categories";

    private readonly H5Group _group;
    private readonly string _indexName;

    public GroupFrame(H5Group group)
    {
        _group = group;
        _indexName = group.TextAttribute("_index") ?? (group.Has("_index") ? "_index" : "index");
        ColumnNames = group.TextsAttribute("column-order")
            ?? [.. group.Names().Where(name => name != _indexName && name != OldCategories)];
    }

    public override string Place => _group.ToString();

    public override IReadOnlyList<string> ColumnNames { get; }

    public override string[] ReadIndex()
    {
        if (_group.FindDataset(_indexName) is not { } dataset)
        {
            return ReadColumn(_indexName) is { Kind: ColumnKind.Categorical } column && !column.Codes.Contains(-1)
                ? [.. column.Codes.Select(code => column.Categories[code])]
                : throw new BadInputException($"{Place} lacks its index '{_indexName}'; it is no complete AnnData table: write the file anew with anndata.");
        }

        using (dataset)
            return ReadLabels(dataset, dataset.Element);
    }

    public override FrameColumn? ReadColumn(string name)
    {
        using H5Location? found = _group.Find(name);
        return found switch
        {
            H5Dataset dataset => ReadOldCategorical(name, dataset) ?? ReadList(name, dataset, dataset.Element),
            H5Group column => column.TextAttribute("encoding-type") switch
            {
                "categorical" => ReadCategorical(name, column),
                "nullable-integer" => ReadNullable(name, column, ColumnKind.Integer),
                "nullable-boolean" => ReadNullable(name, column, ColumnKind.Boolean),
                "nullable-string-array" => ReadNullableText(name, column),
                _ => null,
            },
            _ => null,
        };
    }

    protected override void Dispose(bool disposing) => _group.Dispose();

    private static FrameColumn ReadCategorical(string name, H5Group column)
    {
        using H5Dataset codes = column.Dataset("codes");
        if (column.FindGroup("categories") is { } nullable)
        {
            using (nullable)
            using (H5Dataset values = nullable.Dataset("values"))
                return Categorical(name, column.ToString(), new H5Vector<int>(codes).ReadAll(), ReadLabels(values, values.Element));
        }

        using H5Dataset categories = column.Dataset("categories");
        return Categorical(name, column.ToString(), new H5Vector<int>(codes).ReadAll(), ReadLabels(categories, categories.Element));
    }

    private static FrameColumn ReadNullable(string name, H5Group column, ColumnKind kind)
    {
        using H5Dataset values = column.Dataset("values");
        double[] numbers = new H5Vector<double>(values).ReadAll();
        foreach (int missing in Missing(column, numbers.Length))
            numbers[missing] = double.NaN;
        return new FrameColumn(name, kind) { Numbers = numbers };
    }

    private static FrameColumn ReadNullableText(string name, H5Group column)
    {
        using H5Dataset values = column.Dataset("values");
        string[] texts = values.ReadTexts();
        int[] missing = [.. Missing(column, texts.Length)];
        FrameColumn present = FrameColumn.OfTexts(name, texts);
        foreach (int spot in missing)
            present.Codes[spot] = -1;
        return present;
    }

    private static IEnumerable<int> Missing(H5Group column, int length)
    {
        using H5Dataset dataset = column.Dataset("mask");
        int[] mask = new H5Vector<int>(dataset).ReadAll();
        if (mask.Length != length)
            throw new BadInputException($"{dataset} has {mask.Length} elements beside {length} values; the file is damaged: fetch or write it anew.");
        return Enumerable.Range(0, length).Where(i => mask[i] != 0);
    }

    private FrameColumn? ReadOldCategorical(string name, H5Dataset codes)
    {
        using H5Group? all = _group.FindGroup(OldCategories);
        using H5Dataset? categories = all?.FindDataset(name);
        return categories is null || codes.Element.Kind != ElementKind.Number
            ? null
            : Categorical(name, codes.ToString(), new H5Vector<int>(codes).ReadAll(), ReadLabels(categories, categories.Element));
    }
}
