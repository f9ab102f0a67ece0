using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class Hdf5TableReaderTests
{
    [Theory]
    [InlineData("new_csr.h5ad", null, 1)]
    [InlineData("new_csr.h5ad", "X", 1)]
    [InlineData("new_csr.h5ad", "counts", 2)]
    [InlineData("new_csr.h5ad", "dense", 3)]
    [InlineData("new_dense.h5ad", null, 1)]
    [InlineData("old_07.h5ad", null, 1)]
    [InlineData("old_06.h5ad", null, 1)]
    public void Read_AnyEncoding_GivesNamesValuesPlacesAndLabels(string name, string? layer, float factor)
    {
        MeasurementTable table = Hdf5TableReader.Read(Fixture.PathOf(name), new ReadOptions { Layer = layer });

        Tables.RequireValid(table);
        table.SpotNames.ShouldBe(Fixture.SpotNames);
        table.FeatureNames.ShouldBe(Fixture.GeneNames);
        RequireValues(table, factor);
        RequirePlaces(table);
        SpotAnnotation domain = Tables.Annotation(table, "domain");
        domain.Codes.ShouldBe(Fixture.Domains);
        domain.Categories.ShouldBe(["white", "cortex"]);
        table.Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("new_csr.h5ad", null, new[] { "counts", "dense", "raw" })]
    [InlineData("new_csr.h5ad", "counts", new[] { "X", "dense", "raw" })]
    public void Read_OneOfSeveralLayers_NamesTheOthers(string name, string? layer, string[] others) =>
        Hdf5TableReader.Read(Fixture.PathOf(name), new ReadOptions { Layer = layer }).OtherLayers.Order(StringComparer.Ordinal).ShouldBe(others);

    [Fact]
    public void Read_LayerRaw_TakesItsOwnFeatures()
    {
        MeasurementTable table = Hdf5TableReader.Read(Fixture.PathOf("new_csr.h5ad"), new ReadOptions { Layer = "raw" });

        table.FeatureNames.ShouldBe(Enumerable.Range(0, 9).Select(j => $"raw{j}"));
        Tables.Dense(table.Values)[5, 8].ShouldBe(Fixture.Value(5, 1));
        table.Source.ShouldEndWith("new_csr.h5ad (raw/X)");
    }

    [Fact]
    public void Read_ColumnsOfEveryKind_BecomeLabelsWhereTheyAreLabels()
    {
        MeasurementTable table = Hdf5TableReader.Read(Fixture.PathOf("new_csr.h5ad"), new ReadOptions());

        SpotAnnotation cluster = Tables.Annotation(table, "cluster");
        cluster.Categories.ShouldBe(["1", "2", "3"]);
        cluster.Codes.ShouldBe(Enumerable.Range(0, Fixture.Spots).Select(i => i % 3));
        SpotAnnotation keep = Tables.Annotation(table, "keep");
        keep.Categories.ShouldBe(["False", "True"]);
        keep.Codes[..2].ShouldBe([1, 0]);
        Tables.Annotation(table, "batch").Categories.ShouldBe(["b0", "b1"]);
        Tables.Annotation(table, "nullable").Codes[3..6].ShouldBe([1, -1, 1]);
        Tables.Annotation(table, "maybe").Codes[4..7].ShouldBe([0, -1, 0]);
        table.Annotations.ShouldNotContain(annotation => annotation.Name == "score", "a measurement is no label");
        MeasurementTable old = Hdf5TableReader.Read(Fixture.PathOf("old_06.h5ad"), new ReadOptions());
        Tables.Annotation(old, "number").Categories[0].ShouldBe("1");
    }

    [Fact]
    public void Read_TenX_NumbersRepeatedNamesAndKeepsTypes()
    {
        MeasurementTable table = Hdf5TableReader.Read(Fixture.PathOf("tenx.h5"), new ReadOptions());

        Tables.RequireValid(table);
        table.FeatureNames.ShouldBe(["A", "B", "A-2", "A-1", "A-3", "CD3", "CD4"]);
        table.FeatureTypes.Count(type => type == "Antibody Capture").ShouldBe(2);
        RequireValues(table, 1);
        table.Warnings.ShouldHaveSingleItem().ShouldContain("2 features");
    }

    [Fact]
    public void Read_TenXPart_TakesFeaturesOfThatType()
    {
        MeasurementTable table = Hdf5TableReader.Read(Fixture.PathOf("tenx.h5"), new ReadOptions { Part = "Antibody Capture" });

        table.FeatureNames.ShouldBe(["CD3", "CD4"]);
        float[,] values = Tables.Dense(table.Values);
        for (int i = 0; i < Fixture.Spots; i++)
            (values[i, 0], values[i, 1]).ShouldBe((Fixture.Value(i, 5), Fixture.Value(i, 6)));
    }

    [Theory]
    [InlineData("tissue_positions.csv", true)]
    [InlineData("tissue_positions_list.csv", false)]
    public void Read_TenXWithSpatialFolder_TakesPixelPlaces(string name, bool header)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Fixture.PathOf("tenx.h5"), folder["filtered_feature_bc_matrix.h5"]);
        Directory.CreateDirectory(folder["spatial"]);
        IEnumerable<string> lines = Fixture.SpotNames.Reverse().Select((spot, i) => $"{spot},{(i == 0 ? 0 : 1)},{i},{i},{100 + i},{200 + i}");
        if (header)
            lines = lines.Prepend("barcode,in_tissue,array_row,array_col,pxl_row_in_fullres,pxl_col_in_fullres");
        File.WriteAllLines(Path.Combine(folder["spatial"], name), lines);

        MeasurementTable table = Hdf5TableReader.Read(folder["filtered_feature_bc_matrix.h5"], new ReadOptions());

        (table.Coordinates!.X[11], table.Coordinates.Y[11]).ShouldBe((200, 100));
        (table.Coordinates.X[0], table.Coordinates.Y[0]).ShouldBe((211, 111));
        Tables.Annotation(table, "in_tissue").Codes[11].ShouldBe(0);
        table.Warnings.ShouldContain(warning => warning.Contains("1 of 12 spots lie outside"));
    }

    [Fact]
    public void Read_Flat_GivesNamesValuesAndPlaces()
    {
        MeasurementTable table = Hdf5TableReader.Read(Fixture.PathOf("flat.h5"), new ReadOptions());

        table.SpotNames.ShouldBe(Fixture.SpotNames);
        table.FeatureNames.ShouldBe(Fixture.GeneNames);
        RequireValues(table, 1);
        RequirePlaces(table);
    }

    [Fact]
    public void Read_MuData_JoinsWhatTheRootKeepsBySpotName()
    {
        MeasurementTable table = Hdf5TableReader.Read(Fixture.PathOf("two.h5mu"), new ReadOptions { Part = "rna" });

        table.SpotNames.ShouldBe(Fixture.SpotNames.Reverse());
        float[,] values = Tables.Dense(table.Values);
        values[2, 4].ShouldBe(Fixture.Value(9, 4));
        (table.Coordinates!.X[2], table.Coordinates.Y[2]).ShouldBe((10, 40));
        Tables.Annotation(table, "domain").Codes.ShouldBe(Fixture.Domains.Reverse());
        MeasurementTable protein = Hdf5TableReader.Read(Fixture.PathOf("two.h5mu"), new ReadOptions { Part = "protein" });
        Tables.Dense(protein.Values)[3, 1].ShouldBe(Fixture.Value(3, 1) + 1);
    }

    [Fact]
    public void Describe_EachKind_TellsWhatIsThere()
    {
        Hdf5Description ann = Hdf5TableReader.Describe(Fixture.PathOf("new_csr.h5ad"));
        ann.Kind.ShouldBe(Hdf5Kind.AnnData);
        TableDescription table = ann.Tables.ShouldHaveSingleItem();
        (table.Spots, table.Features, table.HasCoordinates).ShouldBe((Fixture.Spots, Fixture.Genes, true));
        table.Matrices.Select(m => (m.Name, m.Storage, m.Columns)).ShouldBe(
            [("X", "csr float32", 7), ("counts", "csc int64", 7), ("dense", "dense float64", 7), ("raw", "csr float32", 9)]);
        table.Embeddings.ShouldContain(new EmbeddingDescription("X_pca", 12, 3));
        table.SpotColumns.ShouldContain(new ColumnDescription("domain", ColumnKind.Categorical, 2));
        table.SpotColumns.ShouldContain(new ColumnDescription("score", ColumnKind.Floating, 0));
        Hdf5TableReader.Describe(Fixture.PathOf("two.h5mu")).Tables.Select(t => (t.Name, t.HasCoordinates)).ShouldBe([("protein", true), ("rna", true)]);
        Hdf5TableReader.Describe(Fixture.PathOf("tenx.h5")).Tables[0].FeatureTypes.ShouldBe(["Gene Expression", "Antibody Capture"]);
        Hdf5TableReader.Describe(Fixture.PathOf("flat.h5")).Tables[0].Matrices[0].Storage.ShouldBe("dense float32");
    }

    [Fact]
    public void ReadEmbedding_Key_GivesMatrixAndNames()
    {
        SpotEmbedding embedding = AnnDataFile.ReadEmbedding(Fixture.PathOf("new_csr.h5ad"), "X_pca");

        using (embedding.Values)
        {
            embedding.SpotNames.ShouldBe(Fixture.SpotNames);
            embedding.Values.Row(6).ToArray().ShouldBe([6f, 3f, 1.5f]);
        }

        AnnDataFile.ReadLabels(Fixture.PathOf("new_csr.h5ad")).Annotations.ShouldContain(annotation => annotation.Name == "domain");
    }

    private static void RequireValues(MeasurementTable table, float factor)
    {
        float[,] values = Tables.Dense(table.Values);
        for (int i = 0; i < Fixture.Spots; i++)
        {
            for (int j = 0; j < Fixture.Genes; j++)
                values[i, j].ShouldBe(Fixture.Value(i, j) * factor, $"({i}, {j})");
        }
    }

    private static void RequirePlaces(MeasurementTable table)
    {
        table.Coordinates!.X.ShouldBe(Enumerable.Range(0, Fixture.Spots).Select(i => i % 4 * 10.0));
        table.Coordinates.Y.ShouldBe(Enumerable.Range(0, Fixture.Spots).Select(i => i / 4 * 20.0));
    }
}
