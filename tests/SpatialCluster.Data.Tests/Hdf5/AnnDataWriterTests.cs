using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class AnnDataWriterTests
{
    [Fact]
    public void Write_AnyDocument_ReadsBackEqual()
    {
        using var folder = new TemporaryFolder();
        string path = folder["a.h5ad"];
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            AnnDataDocument document = RandomDocument.Draw(seed);
            AnnDataWriter.Write(path, document, gzipLevel: seed % 3);
            RequireEqual(Hdf5TableReader.Read(path, new ReadOptions()), document, document.X!);
            RequireEqual(Hdf5TableReader.Read(path, new ReadOptions { Layer = "counts" }), document, document.Layers[0].Values);
            RequireEqual(Hdf5TableReader.Read(path, new ReadOptions { Layer = "a_b" }), document, document.Layers[1].Values);
            using var embedding = AnnDataFile.ReadEmbedding(path, "X_spami").Values;
            embedding.ToArray().ShouldBe(document.Embeddings[0].Values.ToArray());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Write_TheSameTwice_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        AnnDataWriter.Write(folder["a.h5ad"], RandomDocument.Draw(5), gzipLevel: 4);
        AnnDataWriter.Write(folder["b.h5ad"], RandomDocument.Draw(5), gzipLevel: 4);

        File.ReadAllBytes(folder["a.h5ad"]).ShouldBe(File.ReadAllBytes(folder["b.h5ad"]));
        folder.Files.Count.ShouldBe(2, "no temporary file stays");
    }

    [Fact]
    public void Write_MuData_ReadsBackEachModality()
    {
        using var folder = new TemporaryFolder();
        AnnDataDocument rna = RandomDocument.Draw(7) with { Unstructured = new([]) };
        AnnDataDocument protein = RandomDocument.Draw(8);
        MuDataWriter.Write(folder["a.h5mu"], [new("rna", rna), new("protein", protein)]);

        Hdf5TableReader.IsHdf5(folder["a.h5mu"]).ShouldBeTrue();
        RequireEqual(Hdf5TableReader.Read(folder["a.h5mu"], new ReadOptions { Part = "rna" }), rna, rna.X!);
        RequireEqual(Hdf5TableReader.Read(folder["a.h5mu"], new ReadOptions { Part = "protein" }), protein, protein.X!);
        Should.Throw<BadInputException>(() => Hdf5TableReader.Read(folder["a.h5mu"], new ReadOptions()))
            .Message.ShouldContain("protein, rna");
    }

    [Fact]
    public void Write_StreamedMatrix_AsksForEveryRowOnceInOrder()
    {
        using var folder = new TemporaryFolder();
        const int Spots = 3000;
        const int Columns = 500;
        int next = 0;
        void Fill(int first, int rows, Span<float> block)
        {
            first.ShouldBe(next);
            block.Length.ShouldBe(rows * Columns);
            block.Length.ShouldBeLessThan(1 << 19);
            for (int i = 0; i < block.Length; i++)
                block[i] = ((first + (i / Columns)) * 0.5f) + (i % Columns);
            next += rows;
        }

        AnnDataWriter.Write(folder["a.h5ad"], new AnnDataDocument
        {
            SpotNames = [.. Enumerable.Range(0, Spots).Select(i => $"s{i}")],
            FeatureNames = [],
            Streams = [new StreamedMatrix("denoised_rna", Columns, Fill)],
        });

        next.ShouldBe(Spots);
        using var read = AnnDataFile.ReadEmbedding(folder["a.h5ad"], "denoised_rna").Values;
        read[2999, 499].ShouldBe((2999 * 0.5f) + 499);
        read[1234, 56].ShouldBe((1234 * 0.5f) + 56);
    }

    [Fact]
    public void Write_MissingFolder_SaysCreateIt()
    {
        using var folder = new TemporaryFolder();

        Should.Throw<BadInputException>(() => AnnDataWriter.Write(folder["no/such/a.h5ad"], RandomDocument.Draw(1)))
            .Message.ShouldContain("create it");
    }

    [Fact]
    public void Write_CallbackThrows_LeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.h5ad"], "old");
        AnnDataDocument document = RandomDocument.Draw(3) with
        {
            Streams = [new StreamedMatrix("x", 3, (_, _, _) => throw new OperationCanceledException())],
        };

        Should.Throw<OperationCanceledException>(() => AnnDataWriter.Write(folder["a.h5ad"], document));
        folder.Files.ShouldBe(["a.h5ad"]);
        File.ReadAllText(folder["a.h5ad"]).ShouldBe("old");
    }

    [Fact]
    public void Write_LengthsDisagree_NamesThePart()
    {
        using var folder = new TemporaryFolder();
        AnnDataDocument document = RandomDocument.Draw(3) with { SpotColumns = [new NumberColumn("depth", new double[1000])] };

        Should.Throw<BadInputException>(() => AnnDataWriter.Write(folder["a.h5ad"], document)).Message.ShouldContain("obs/depth");
        folder.Files.ShouldBeEmpty();
    }

    private static void RequireEqual(MeasurementTable table, AnnDataDocument document, CsrMatrix values)
    {
        Tables.RequireValid(table);
        table.SpotNames.ShouldBe(document.SpotNames);
        table.FeatureNames.ShouldBe(document.FeatureNames);
        table.Values.RowPointers.ShouldBe(values.RowPointers);
        table.Values.ColumnIndices.ShouldBe(values.ColumnIndices);
        table.Values.Values.ShouldBe(values.Values);
        table.Coordinates!.X.ShouldBe(document.Tables[0].Values.Where((_, i) => i % 2 == 0));
        var domain = (CategoricalColumn)document.SpotColumns[0];
        Tables.Annotation(table, "domain").Codes.ShouldBe(domain.Codes);
        Tables.Annotation(table, "domain").Categories.ShouldBe(domain.Categories);
        var text = (TextColumn)document.SpotColumns[5];
        SpotAnnotation readText = Tables.Annotation(table, "text");
        readText.Codes.Select(code => readText.Categories[code]).ShouldBe(text.Values);
        table.Annotations.ShouldNotContain(annotation => annotation.Name == "half" && annotation.Codes.Length > 0);
    }
}
