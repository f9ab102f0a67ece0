using System.Diagnostics;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Tests.Work;

public sealed class SliceInPythonTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly MemoryGrainContext _context = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("slice-").FullName;

    [SkippableFact]
    public void Run_ASlice_IsOpenedByAnndata()
    {
        Skip.IfNot(File.Exists(Python) && Run("import anndata").Code == 0, "python3-anndata is not installed");
        GrainResult result = _context.Run(Specs.Slice());
        File.WriteAllBytes(Path.Combine(_folder, "rna.h5ad"), _context.Bytes(result, "rna.h5ad"));
        const string Script = """
            import sys, anndata
            a = anndata.read_h5ad(sys.argv[1] + "/rna.h5ad")
            print(a.shape, a.obs["domain"].dtype.name, list(a.obs["domain"].cat.categories), a.obsm["spatial"].dtype, a.obsm["spatial"][13].tolist(), a.X.nnz, a.obs_names[143])
            """;
        (int code, string output) = Run(Script, _folder);
        code.ShouldBe(0);
        long nonZeros = (long)result.Values["modalities"]![0]!["nonzeros"]!;
        output.Trim().ShouldBe($"(144, 60) category ['0', '1', '2', '3', '4'] float64 [1.0, 1.0] {nonZeros} spot_143");
    }

    public void Dispose()
    {
        _context.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, ["-W", "ignore", "-c", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return (child.ExitCode, output);
    }
}
