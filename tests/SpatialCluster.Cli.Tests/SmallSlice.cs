namespace SpatialCluster.Cli.Tests;

/// <summary>A folder with a simulated slice of 144 spots, shared by the tests of a class, and room for each test's own files.</summary>
public sealed class SmallSlice : IDisposable
{
    private int _folders;

    public SmallSlice()
    {
        Root = Directory.CreateTempSubdirectory("spatialcluster-cli-").FullName;
        CommandRun run = CommandRun.Of("simulate", "--grid", "12", "--features", "rna=60", "--features", "protein=20", "--noise", "0.2", "--seed", "3", "--out", Path.Combine(Root, "slice"));
        run.ExitCode.ShouldBe(0, run.Error);
    }

    public string Root { get; }

    public string Rna => Path.Combine(Root, "slice", "rna.h5ad");

    public string Protein => Path.Combine(Root, "slice", "protein.h5ad");

    /// <summary>A small, quick training on both modalities.</summary>
    public string[] Integrate(string output, params string[] more) =>
    [
        "integrate", "--modality", $"rna={Rna}", "--modality", $"protein={Protein}", "--epochs", "4", "--hidden-width", "16", "--embedding-width", "8", "--out", output, .. more,
    ];

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(Root, $"test{Interlocked.Increment(ref _folders)}")).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
