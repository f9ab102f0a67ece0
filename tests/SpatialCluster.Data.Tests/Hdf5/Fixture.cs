namespace SpatialCluster.Data.Tests.Hdf5;

/// <summary>The small files of make_fixtures.py, and the values that are in them.</summary>
internal static class Fixture
{
    public const int Spots = 12;
    public const int Genes = 7;

    public static readonly string[] Names =
        ["new_csr.h5ad", "new_dense.h5ad", "old_07.h5ad", "old_06.h5ad", "tenx.h5", "flat.h5", "two.h5mu"];

    public static string[] SpotNames { get; } = [.. Enumerable.Range(0, Spots).Select(i => $"spot{i}")];

    public static string[] GeneNames { get; } = [.. Enumerable.Range(0, Genes).Select(j => $"gene{j}")];

    /// <summary>white = 0, cortex = 1.</summary>
    public static int[] Domains { get; } = [.. Enumerable.Range(0, Spots).Select(i => i % 3 == 0 ? 1 : i % 3 == 1 ? 0 : -1)];

    public static string PathOf(string name)
    {
        string? folder = AppContext.BaseDirectory;
        string relative = Path.Combine("tests", "SpatialCluster.Data.Tests", "Hdf5", "Fixtures", name);
        while (folder is not null && !File.Exists(Path.Combine(folder, relative)))
            folder = Path.GetDirectoryName(folder);
        folder.ShouldNotBeNull($"{relative} lies above no folder of {AppContext.BaseDirectory}");
        return Path.Combine(folder, relative);
    }

    public static float Value(int spot, int gene) => ((spot * 7) + (gene * 3)) % 5 * ((spot + gene) % 2);
}
