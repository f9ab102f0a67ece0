using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;

namespace SpatialCluster.Data.AnnData;

/// <summary>A table kept as one compound dataset, categories under <c>uns/NAME_categories</c>: AnnData before 0.7.</summary>
internal sealed class CompoundFrame : Frame
{
    private readonly H5Dataset _dataset;
    private readonly H5Group _parent;
    private readonly string _indexName;

    public CompoundFrame(H5Dataset dataset, H5Group parent)
    {
        _dataset = dataset;
        _parent = parent;
        IReadOnlyList<string> members = dataset.MemberNames();
        if (members.Count == 0)
            throw new BadInputException($"{dataset} is a table without columns; write the file anew.");
        _indexName = members.Contains("index") ? "index" : members.Contains("_index") ? "_index" : members[0];
        ColumnNames = [.. members.Where(name => name != _indexName)];
    }

    public override string Place => _dataset.ToString();

    public override IReadOnlyList<string> ColumnNames { get; }

    public override string[] ReadIndex()
    {
        using H5Element element = _dataset.Member(_indexName)!;
        return ReadLabels(_dataset, element);
    }

    public override FrameColumn? ReadColumn(string name)
    {
        using H5Element? element = _dataset.Member(name);
        if (element is null)
            return null;
        using H5Group? unstructured = _parent.FindGroup("uns");
        using H5Dataset? categories = unstructured?.FindDataset($"{name}_categories");
        return categories is not null && element.Kind == ElementKind.Number
            ? Categorical(name, $"{_dataset}.{name}", new H5Vector<int>(_dataset, element).ReadAll(), ReadLabels(categories, categories.Element))
            : ReadList(name, _dataset, element);
    }

    protected override void Dispose(bool disposing) => _dataset.Dispose();
}
