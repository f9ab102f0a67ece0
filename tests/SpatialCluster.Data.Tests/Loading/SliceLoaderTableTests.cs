using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Tests.Text;

namespace SpatialCluster.Data.Tests.Loading;

/// <summary>Loading from tables that carry more than text files can: coordinates, annotations, feature types.</summary>
public sealed class SliceLoaderTableTests : IDisposable
{
    private static readonly MeasurementTable s_table = new()
    {
        Source = "one",
        SpotNames = ["a", "b"],
        FeatureNames = ["g1", "g2", "CD3"],
        Values = new CsrMatrix(2, 3, [0, 2, 4], [0, 2, 1, 2], [1, 5, 2, 6]),
        Coordinates = new SpotCoordinates([1, 2], [3, 4]),
        Annotations = [new SpotAnnotation("gt", [1, 0], ["u", "v"])],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_CoordinatesThatDiffer_FirstAreUsedAndNoted()
    {
        MeasurementTable other = s_table with { Source = "two", SpotNames = ["b", "a"], Coordinates = new SpotCoordinates([2, 9], [4, 9]) };
        LoadedSlice loaded = Load(new() { ["one"] = s_table, ["two"] = other }, null, ("rna", "one"), ("protein", "two"));
        loaded.Slice.Coordinates.X.ShouldBe([1.0, 2]);
        loaded.Report.Notes.ShouldContain(n => n.Sentence == "1 of 2 spots lie elsewhere in two than in one; the places of the latter are used.");

        LoadedSlice second = Load(new() { ["one"] = s_table with { Coordinates = null }, ["two"] = other }, null, ("rna", "one"), ("protein", "two"));
        second.Slice.Coordinates.X.ShouldBe([9.0, 2]);
    }

    [Fact]
    public void Load_TruthFromObs_InSliceOrder()
    {
        MeasurementTable turned = s_table with { Source = "two", SpotNames = ["b", "a"], Coordinates = null, Annotations = [] };
        LoadedSlice loaded = Load(new() { ["one"] = s_table, ["two"] = turned }, "obs:gt", ("protein", "two"), ("rna", "one"));
        loaded.Slice.SpotNames.ShouldBe(["b", "a"]);
        loaded.Truth!.Codes.ShouldBe([0, 1]);
        loaded.Slice.Annotations.ShouldHaveSingleItem().Codes.ShouldBe([0, 1]);
        Should.Throw<BadInputException>(() => Load(new() { ["one"] = s_table }, "obs:domain", ("rna", "one"))).Message.ShouldContain("it has 'gt'");
    }

    [Fact]
    public void Load_TwoFeatureTypesInOneFile_TakenByKindOrPart()
    {
        var tables = new Dictionary<string, MeasurementTable> { ["one"] = s_table with { FeatureTypes = ["Gene Expression", "Gene Expression", "Antibody Capture"] } };
        LoadedSlice loaded = Load(tables, null, ("rna", "one"), ("protein", "one"));
        loaded.Slice.Modalities[0].FeatureNames.ShouldBe(["g1", "g2"]);
        Dense.Of(loaded.Slice.Modalities[1].Counts).ShouldBe([[5f], [6f]]);
        Should.Throw<BadInputException>(() => Load(tables, null, ("atac", "one"))).Message.ShouldContain("--part atac=");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Load_ValueThatIsNotFinite_NamesSpotAndFeature(float value)
    {
        MeasurementTable table = s_table with { Values = new CsrMatrix(2, 3, [0, 1, 2], [0, 1], [1, value]) };
        Should.Throw<BadInputException>(() => Load(new() { ["one"] = table }, null, ("rna", "one"))).Message.ShouldContain("spot 'b', feature 'g2'");
    }

    [Fact]
    public void Load_NegativeCounts_NamesTheLayersThatAreThere()
    {
        MeasurementTable table = s_table with { Values = new CsrMatrix(2, 3, [0, 1, 2], [0, 1], [1, -1]), OtherLayers = ["spliced", "raw"] };
        string message = Should.Throw<BadInputException>(() => Load(new() { ["one"] = table }, null, ("rna", "one"))).Message;
        message.ShouldContain("read the layer that holds the counts (--layer rna=spliced, --layer rna=raw), or say --preprocessed rna");
    }

    [Fact]
    public void Load_AllZero_OrNothing_Refused()
    {
        MeasurementTable zeros = s_table with { Values = new CsrMatrix(2, 3, [0, 0, 1], [0], [0]) };
        Should.Throw<BadInputException>(() => Load(new() { ["one"] = zeros }, null, ("rna", "one"))).Message.ShouldContain("no value other than zero");
        MeasurementTable empty = s_table with { SpotNames = [], Values = new CsrMatrix(0, 3, [0], [], []) };
        Should.Throw<BadInputException>(() => Load(new() { ["one"] = empty }, null, ("rna", "one"))).Message.ShouldContain("0 spots");
    }

    [Fact]
    public void Load_PlaceThatIsNotFinite_NamesTheSpot()
    {
        MeasurementTable table = s_table with { Coordinates = new SpotCoordinates([1, double.NaN], [1, 2]) };
        Should.Throw<BadInputException>(() => Load(new() { ["one"] = table }, null, ("rna", "one"))).Message.ShouldContain("spot 'b'");
    }

    [Fact]
    public void Load_SpotTwice_Refused() =>
        Should.Throw<BadInputException>(() => Load(new() { ["one"] = s_table with { SpotNames = ["a", "a"] } }, null, ("rna", "one"))).Message.ShouldContain("'a' occurs twice");

    private LoadedSlice Load(Dictionary<string, MeasurementTable> tables, string? truth, params (string Name, string File)[] modalities) =>
        new SliceLoader(new TableReader(new StubFormat(tables))).Load(new SliceRequest
        {
            Modalities = [.. modalities.Select(m => new ModalityRequest { Name = m.Name, Path = _folder.Write(m.File, "") })],
            Truth = truth is null ? null : TruthSource.Parse(truth),
        });
}
