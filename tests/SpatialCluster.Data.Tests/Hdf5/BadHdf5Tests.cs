using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Hdf5.Interop;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class BadHdf5Tests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_MissingFile_SaysSo() => Refused(_folder["no.h5ad"], "does not exist");

    [Fact]
    public void Read_Folder_SaysSo() => Refused(_folder.Path, "is a folder");

    [Fact]
    public void Read_Text_SaysNotHdf5()
    {
        File.WriteAllText(_folder["a.h5ad"], "spot,gene\na,1\n");

        Hdf5TableReader.IsHdf5(_folder["a.h5ad"]).ShouldBeFalse();
        Refused(_folder["a.h5ad"], "not an HDF5 file");
    }

    [Fact]
    public void Read_CutFile_SaysCut()
    {
        byte[] whole = File.ReadAllBytes(Fixture.PathOf("new_dense.h5ad"));
        File.WriteAllBytes(_folder["a.h5ad"], whole[..(whole.Length / 2)]);

        Refused(_folder["a.h5ad"], "cut short");
    }

    [Fact]
    public void Read_NoX_NamesTheLayers()
    {
        AnnDataWriter.Write(_folder["a.h5ad"], Document() with { X = null, Layers = [new("counts", Ones(3, 2))] });

        Refused(_folder["a.h5ad"], "has no X (layers: counts)");
        Refused(_folder["a.h5ad"], "no layer 'cuonts' (layers: counts)", new ReadOptions { Layer = "cuonts" });
        Hdf5TableReader.Read(_folder["a.h5ad"], new ReadOptions { Layer = "counts" }).Values.NonZeros.ShouldBe(6);
    }

    [Fact]
    public void Read_NothingKnown_TellsWhatIsThere()
    {
        H5OutputFile.Write(_folder["a.h5"], [], root => root.CreateGroup("images").Dispose());

        Refused(_folder["a.h5"], "it holds images");
    }

    [Fact]
    public void Read_ShapesDisagree_NamesBoth()
    {
        Build(root => WriteMatrix(root, [0, 2, 4], [0, 1, 0, 1], [1, 2, 3, 4], 2, 2));

        Refused(_folder["a.h5ad"], "is 2 × 2, but there are 3 spots and 2 features");
    }

    [Fact]
    public void Read_SpotNameTwice_NamesIt()
    {
        Build(root => WriteMatrix(root, [0, 0, 0, 0], [], [], 3, 2), spots: ["a", "b", "a"]);

        Refused(_folder["a.h5ad"], "both named 'a'");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinite")]
    public void Read_NoNumber_SaysWhere(float value, string word)
    {
        Build(root => WriteMatrix(root, [0, 0, 1, 3], [0, 0, 1], [1, 2, value], 3, 2));

        Refused(_folder["a.h5ad"], $"spot 's2' and feature 'g1' is {word}");
    }

    [Fact]
    public void Read_UnknownEncoding_NamesIt()
    {
        Build(root => WriteMatrix(root, [0, 0, 0, 0], [], [], 3, 2, encoding: "dataframe"));

        Refused(_folder["a.h5ad"], "encoding-type 'dataframe'");
    }

    [Theory]
    [InlineData(new long[] { 0, 2, 1, 3 }, new[] { 0, 1, 0 }, "indptr falls")]
    [InlineData(new long[] { 1, 1, 2, 3 }, new[] { 0, 1, 0 }, "indptr begins with 1")]
    [InlineData(new long[] { 0, 1, 2, 9 }, new[] { 0, 1, 0 }, "indptr ends at 9")]
    [InlineData(new long[] { 0, 1, 3 }, new[] { 0, 1, 0 }, "indptr has 3 elements")]
    [InlineData(new long[] { 0, 1, 2, 3 }, new[] { 0, 2, 0 }, "outside 0 … 1")]
    [InlineData(new long[] { 0, 1, 2, 3 }, new[] { 0, -1, 0 }, "outside 0 … 1")]
    public void Read_StructureContradictsItself_SaysHow(long[] pointers, int[] indices, string how)
    {
        Build(root => WriteMatrix(root, pointers, indices, [1, 2, 3], 3, 2));

        Refused(_folder["a.h5ad"], how);
    }

    [Fact]
    public void Read_UnsortedAndRepeatedColumns_AreSortedAndAddedUp()
    {
        Build(root => WriteMatrix(root, [0, 3, 3, 5], [1, 0, 1, 0, 1], [1, 2, 4, 8, -16], 3, 2));

        CsrMatrix matrix = Hdf5TableReader.Read(_folder["a.h5ad"], new ReadOptions()).Values;

        matrix.RowPointers.ShouldBe([0, 2, 2, 4]);
        matrix.RowValues(0).ToArray().ShouldBe([2, 5]);
        matrix.RowValues(2).ToArray().ShouldBe([8, -16]);
    }

    [Fact]
    public void Read_UnknownPart_NamesThoseThatAreThere()
    {
        Refused(Fixture.PathOf("two.h5mu"), "no modality 'atac'; it has: protein, rna", new ReadOptions { Part = "atac" });
        Refused(Fixture.PathOf("tenx.h5"), "it has: Gene Expression, Antibody Capture", new ReadOptions { Part = "Peaks" });
        Refused(Fixture.PathOf("new_csr.h5ad"), "tells no feature types", new ReadOptions { Part = "Peaks" });
    }

    [Fact]
    public void ReadEmbedding_WrongKey_NamesThoseThatAreThere() =>
        Should.Throw<BadInputException>(() => AnnDataFile.ReadEmbedding(Fixture.PathOf("new_csr.h5ad"), "X_umap"))
            .Message.ShouldContain("obsm holds X_pca, spatial");

    [Fact]
    public void Load_NoLibrary_NamesThePackage() =>
        Should.Throw<BadInputException>(() => H5Library.Load(["libno-such-hdf5.so.1"])).Message.ShouldContain("libhdf5-103-1");

    [Fact]
    public void Read_LinkIntoAnotherFile_IsNotFollowed()
    {
        PythonOrSkip("""
            import h5py, sys
            with h5py.File(sys.argv[1], "a") as f:
                del f["X"]
                f["X"] = h5py.ExternalLink(sys.argv[2], "X")
            """, out bool made);
        if (made)
            Refused(_folder["link.h5ad"], "link into another file");
    }

    private void PythonOrSkip(string script, out bool made)
    {
        File.Copy(Fixture.PathOf("new_dense.h5ad"), _folder["link.h5ad"]);
        made = PythonAnnData.TryRun(script, _folder["link.h5ad"], Fixture.PathOf("new_csr.h5ad"));
    }

    private static void Refused(string path, string message, ReadOptions? options = null)
    {
        BadInputException failure = Should.Throw<BadInputException>(() => Hdf5TableReader.Read(path, options ?? new ReadOptions()));
        failure.Message.ShouldContain(message);
        failure.Message.ShouldContain(path);
    }

    private void Build(Action<H5Group> matrix, string[]? spots = null) => H5OutputFile.Write(_folder["a.h5ad"], [], root =>
    {
        using H5Group obs = root.CreateGroup("obs");
        AnnDataGroupWriter.WriteFrame(obs, spots ?? ["s0", "s1", "s2"], []);
        using H5Group var = root.CreateGroup("var");
        AnnDataGroupWriter.WriteFrame(var, ["g0", "g1"], []);
        matrix(root);
    });

    private static void WriteMatrix(
        H5Group root, long[] pointers, int[] indices, float[] values, long rows, long columns, string encoding = "csr_matrix")
    {
        using H5Group group = root.CreateGroup("X");
        AnnDataGroupWriter.Encode(group, encoding, "0.1.0");
        group.WriteAttribute("shape", [rows, columns]);
        group.WriteList<long>("indptr", H5Library.Types.Int64, pointers).Dispose();
        group.WriteList<int>("indices", H5Library.Types.Int32, indices).Dispose();
        group.WriteList<float>("data", H5Library.Types.Float32, values).Dispose();
    }

    private static CsrMatrix Ones(int rows, int columns) => new(
        rows,
        columns,
        [.. Enumerable.Range(0, rows + 1).Select(row => (long)row * columns)],
        [.. Enumerable.Range(0, rows * columns).Select(i => i % columns)],
        [.. Enumerable.Repeat(1f, rows * columns)]);

    private static AnnDataDocument Document() => new() { SpotNames = ["s0", "s1", "s2"], FeatureNames = ["g0", "g1"] };
}
