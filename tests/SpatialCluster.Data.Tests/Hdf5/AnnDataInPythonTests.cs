using System.Text.Json;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class AnnDataInPythonTests
{
    private const string Load = """
        import anndata, json, sys
        a = anndata.read_h5ad(sys.argv[1])
        X = a.X
        print(json.dumps(dict(
            shape=a.shape, csr=X.format, dtype=str(X.dtype), total=float(X.sum()), corner=float(X[3, 2]),
            layer=float(a.layers["counts"].sum()), spots=list(a.obs_names), genes=list(a.var_names),
            columns=list(a.obs.columns), categorical=str(a.obs["domain"].dtype), codes=[int(c) for c in a.obs["domain"].cat.codes],
            categories=list(a.obs["domain"].cat.categories), depth=[float(v) for v in a.obs["depth"]], flag=[bool(v) for v in a.obs["flag"]],
            variance=[float(v) for v in a.var["variance"]], pca=a.obsm["X_spami"].tolist(), spatial=a.obsm["spatial"].tolist(),
            denoised=a.obsm["denoised_rna"].tolist(), uns=dict(method=a.uns["method"], seed=int(a.uns["parameters"]["seed"]),
            rate=float(a.uns["parameters"]["rate"]), names=list(a.uns["names"]), loss=[float(v) for v in a.uns["loss"]], ok=bool(a.uns["ok"])))))
        """;

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(5)]
    public void Write_OpenedByAnnData_HoldsTheSameValues(int gzipLevel)
    {
        PythonAnnData.Require();
        using var folder = new TemporaryFolder();
        AnnDataDocument document = Document();
        AnnDataWriter.Write(folder["a.h5ad"], document, gzipLevel);

        JsonElement seen = PythonAnnData.Evaluate(Load, folder["a.h5ad"]);

        Numbers(seen, "shape").ShouldBe([6, 4]);
        seen.GetProperty("csr").GetString().ShouldBe("csr");
        seen.GetProperty("dtype").GetString().ShouldBe("float32");
        float[,] dense = Tables.Dense(document.X!);
        seen.GetProperty("total").GetDouble().ShouldBe(dense.Cast<float>().Sum(v => (double)v));
        seen.GetProperty("corner").GetDouble().ShouldBe(dense[3, 2]);
        seen.GetProperty("layer").GetDouble().ShouldBe(document.Layers[0].Values.Values.Sum(v => (double)v));
        Texts(seen, "spots").ShouldBe(document.SpotNames);
        Texts(seen, "genes").ShouldBe(document.FeatureNames);
        Texts(seen, "columns").ShouldBe(["domain", "depth", "flag"]);
        seen.GetProperty("categorical").GetString().ShouldBe("category");
        Numbers(seen, "codes").ShouldBe([0, 1, -1, 1, 0, 0]);
        Texts(seen, "categories").ShouldBe(["weiß", "cortex"]);
        Numbers(seen, "depth").ShouldBe([0.5, 1, 2, 3, 4, 5]);
        Numbers(seen, "variance").ShouldBe([1, 2, 3, 4]);
        Rows(seen, "pca")[5].ShouldBe([10, 11]);
        Rows(seen, "spatial")[1].ShouldBe([2, 3]);
        Rows(seen, "denoised")[4].ShouldBe([4, 4.5, 5]);
        JsonElement uns = seen.GetProperty("uns");
        uns.GetProperty("method").GetString().ShouldBe("spami");
        uns.GetProperty("seed").GetInt32().ShouldBe(3);
        uns.GetProperty("rate").GetDouble().ShouldBe(0.001);
        Texts(uns, "names").ShouldBe(["α", "b"]);
        Numbers(uns, "loss").ShouldBe([3, 2, 1.5]);
        uns.GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [SkippableFact]
    public void WriteMuData_ModalitiesReadByAnnData_HoldTheSameValues()
    {
        PythonAnnData.Require();
        using var folder = new TemporaryFolder();
        MuDataWriter.Write(folder["a.h5mu"], [new("rna", Document()), new("protein", Document())]);
        const string Script = """
            import anndata, h5py, json, sys
            from anndata._io.specs import read_elem
            f = h5py.File(sys.argv[1], "r")
            print(json.dumps(dict(order=list(f["mod"].attrs["mod-order"]), obs=list(read_elem(f["obs"]).index),
                total=float(read_elem(f["mod/protein/X"]).sum()), map=[int(v) for v in read_elem(f["varmap"])["protein"]],
                spots=[int(v) for v in read_elem(f["obsmap"])["rna"]], head=open(sys.argv[1], "rb").read(6).decode())))
            """;

        JsonElement seen = PythonAnnData.Evaluate(Script, folder["a.h5mu"]);

        Texts(seen, "order").ShouldBe(["rna", "protein"]);
        Texts(seen, "obs").ShouldBe(Document().SpotNames);
        seen.GetProperty("total").GetDouble().ShouldBe(Document().X!.Values.Sum(v => (double)v));
        Numbers(seen, "map").ShouldBe([0, 0, 0, 0, 1, 2, 3, 4]);
        Numbers(seen, "spots").ShouldBe([1, 2, 3, 4, 5, 6]);
        seen.GetProperty("head").GetString().ShouldBe("MuData");
    }

    [SkippableTheory]
    [InlineData("gzip", "csr")]
    [InlineData("gzip", "csc")]
    [InlineData("lzf", "csr")]
    [InlineData("gzip", "dense")]
    [InlineData("None", "dense")]
    public void Read_WrittenByAnnData_HoldsTheSameValues(string compression, string form)
    {
        PythonAnnData.Require();
        using var folder = new TemporaryFolder();
        const string Script = """
            import anndata, json, sys, numpy as np, pandas as pd, scipy.sparse as sp
            rng = np.random.default_rng(1)
            x = rng.poisson(0.3, (700, 900)).astype(np.float32)
            x = dict(csr=sp.csr_matrix, csc=sp.csc_matrix, dense=np.asarray)[sys.argv[3]](x)
            a = anndata.AnnData(x, obs=pd.DataFrame(index=[f"s{i}" for i in range(700)]), var=pd.DataFrame(index=[f"g{i}" for i in range(900)]))
            a.write_h5ad(sys.argv[1], compression=None if sys.argv[2] == "None" else sys.argv[2])
            d = np.asarray(x.todense()) if sys.argv[3] != "dense" else x
            print(json.dumps(dict(rows=d.sum(1).tolist(), columns=d.sum(0).tolist())))
            """;

        JsonElement seen = PythonAnnData.Evaluate(Script, folder["a.h5ad"], compression, form);
        Exception? refused = Record.Exception(() => Hdf5TableReader.Read(folder["a.h5ad"], new ReadOptions()));
        if (compression == "lzf")
        {
            // h5py brings this filter along; the library alone has none.
            refused.ShouldBeOfType<Compute.Errors.BadInputException>().Message.ShouldContain("gzip");
            return;
        }

        MeasurementTable table = Hdf5TableReader.Read(folder["a.h5ad"], new ReadOptions());
        Tables.RequireValid(table);
        float[,] dense = Tables.Dense(table.Values);
        Numbers(seen, "rows").ShouldBe(Enumerable.Range(0, 700).Select(i => Enumerable.Range(0, 900).Sum(j => (double)dense[i, j])));
        Numbers(seen, "columns").ShouldBe(Enumerable.Range(0, 900).Select(j => Enumerable.Range(0, 700).Sum(i => (double)dense[i, j])));
    }

    private static AnnDataDocument Document() => new()
    {
        SpotNames = ["a", "b", "c-ä", "d", "e", "f"],
        FeatureNames = ["g1", "g2", "g3", "g4"],
        X = RandomDocument.Sparse(new Random(2), 6, 4),
        Layers = [new("counts", RandomDocument.Sparse(new Random(3), 6, 4))],
        SpotColumns =
        [
            new CategoricalColumn("domain", [0, 1, -1, 1, 0, 0], ["weiß", "cortex"]),
            new NumberColumn("depth", [0.5, 1, 2, 3, 4, 5]),
            new FlagColumn("flag", [true, false, true, false, true, true]),
        ],
        FeatureColumns = [new NumberColumn("variance", [1, 2, 3, 4])],
        Tables = [new NamedTable("spatial", 2, [.. Enumerable.Range(0, 12).Select(i => (double)i)])],
        Embeddings = [new("X_spami", Matrix.From(6, 2, [.. Enumerable.Range(0, 12).Select(i => (float)i)]))],
        Streams = [new StreamedMatrix("denoised_rna", 3, static (first, rows, block) =>
        {
            for (int i = 0; i < rows * 3; i++)
                block[i] = first + (i / 3) + (i % 3 * 0.5f);
        })],
        Unstructured = new UnstructuredGroup(
        [
            new("method", new UnstructuredText("spami")),
            new("parameters", new UnstructuredGroup([new("seed", new UnstructuredInteger(3)), new("rate", new UnstructuredNumber(0.001))])),
            new("names", new UnstructuredTexts(["α", "b"])),
            new("loss", new UnstructuredNumbers([3, 2, 1.5])),
            new("ok", new UnstructuredFlag(true)),
        ]),
    };

    private static double[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

    private static string[] Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(v => v.GetString()!)];

    private static double[][] Rows(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetDouble()).ToArray())];
}
