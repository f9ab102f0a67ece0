namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>A temporary folder with a simulated slice of 144 spots, made by the program, and a folder per test.</summary>
public sealed class Workplace : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("spatialcluster end to end ").FullName;
    private int _folders;

    public Workplace() => Simulate("slice", "12");

    public string Rna => Path.Combine(_root, "slice", "rna.h5ad");

    public string Protein => Path.Combine(_root, "slice", "protein.h5ad");

    /// <summary>Quick to train.</summary>
    internal static string[] Small { get; } = ["--epochs", "4", "--hidden-width", "16", "--embedding-width", "8"];

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, $"test {Interlocked.Increment(ref _folders)}")).FullName;

    /// <summary>Simulates a square slice of RNA and protein.</summary>
    /// <returns>Its folder.</returns>
    public string Simulate(string name, string grid)
    {
        string folder = Path.Combine(_root, name);
        CliProcess.Run(_root, "simulate", "--grid", grid, "--features", "rna=60", "--features", "protein=20", "--noise", "0.2", "--seed", "3", "--out", folder).ShouldSucceed();
        return folder;
    }

    /// <summary>A quick integration into the file <c>o.h5ad</c> of a folder.</summary>
    internal static CliResult Integrate(string folder, params string[] arguments) =>
        CliProcess.Run(folder, ["integrate", .. Small, "--out", "o.h5ad", .. arguments]);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
