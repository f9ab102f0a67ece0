using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;

namespace SpatialCluster.Data.AnnData;

/// <summary>An <c>obs</c> or <c>var</c> table: names and columns. Newer files keep it as a group, the oldest as one compound dataset.</summary>
internal abstract class Frame : IDisposable
{
    /// <summary>File and path, for messages.</summary>
    public abstract string Place { get; }

    /// <summary>The names of the columns, in the table's order.</summary>
    public abstract IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Opens a table of an AnnData group.</summary>
    /// <exception cref="BadInputException">There is none.</exception>
    public static Frame Open(H5Group parent, string name) => parent.Find(name) switch
    {
        H5Group group => new GroupFrame(group),
        H5Dataset dataset when dataset.Element.Kind == ElementKind.Compound => new CompoundFrame(dataset, parent),
        H5Dataset dataset => throw new BadInputException($"{dataset} should be a table, but is {dataset.Element.Description}; write the file anew."),
        _ => throw new BadInputException($"{parent} lacks the table {name}; it is no complete AnnData file: write it anew with anndata."),
    };

    /// <summary>The names of the rows.</summary>
    public abstract string[] ReadIndex();

    /// <summary>A column, or null where it is absent or of a kind that is no label and no number.</summary>
    public abstract FrameColumn? ReadColumn(string name);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary>Reads a list of values, or one member of a compound list.</summary>
    protected static FrameColumn? ReadList(string name, H5Dataset dataset, H5Element element)
    {
        if (dataset.Shape.Length != 1)
            return null;
        switch (element.Kind)
        {
            case ElementKind.Text:
                return FrameColumn.OfTexts(name, dataset.ReadTexts(element));
            case ElementKind.Boolean or ElementKind.Number when element.Format != NumberFormat.None:
                ColumnKind kind = element.Kind == ElementKind.Boolean ? ColumnKind.Boolean
                    : element.Format is NumberFormat.Float32 or NumberFormat.Float64 ? ColumnKind.Floating
                    : ColumnKind.Integer;
                return new FrameColumn(name, kind) { Numbers = new H5Vector<double>(dataset, element).ReadAll() };
            default:
                return null;
        }
    }

    /// <summary>A list as texts: names, or categories of any type.</summary>
    protected static string[] ReadLabels(H5Dataset dataset, H5Element element)
    {
        if (element.Kind == ElementKind.Text)
            return dataset.ReadTexts(element);
        double[] numbers = new H5Vector<double>(dataset, element).ReadAll();
        return [.. numbers.Select(number => element.Kind != ElementKind.Boolean ? FrameColumn.Text(number) : number != 0 ? "True" : "False")];
    }

    /// <summary>A categorical column from its two lists.</summary>
    protected static FrameColumn Categorical(string name, string place, int[] codes, string[] categories)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] < 0)
                codes[i] = -1;
            else if (codes[i] >= categories.Length)
                throw new BadInputException($"{place}: row {i} has the category {codes[i]} of {categories.Length}; the file is damaged: fetch or write it anew.");
        }

        return new FrameColumn(name, ColumnKind.Categorical) { Codes = codes, Categories = categories };
    }
}
