using System.Diagnostics;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Simulation.Patterns;
using SpatialCluster.Tests;

namespace SpatialCluster.Simulation.Tests;

public sealed class SpatialPatternTests
{
    // (row, column) cells of each factor, written down on their own from the description of the scenario.
    private static readonly (int Row, int Column)[][] s_shapes =
    [
        [(0, 1), (1, 0), (1, 1), (1, 2), (2, 1)],
        [(0, 3), (0, 4), (0, 5), (1, 3), (1, 5), (2, 3), (2, 4), (2, 5)],
        [(3, 0), (4, 0), (4, 1), (5, 0), (5, 1), (5, 2)],
        [(3, 3), (3, 4), (3, 5), (4, 4), (5, 4)],
    ];

    [Theory]
    [InlineData(6, 6)]
    [InlineData(36, 36)]
    [InlineData(12, 30)]
    public void Domains_AnyMultipleOfSix_AreTheScaledShapes(int rows, int columns)
    {
        int[] domains = SpatialPattern.GgBlocks.Domains(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                (int Row, int Column) cell = (row * 6 / rows, column * 6 / columns);
                int expected = 1 + Array.FindIndex(s_shapes, shape => shape.Contains(cell));
                domains[row * columns + column].ShouldBe(expected, $"row {row}, column {column}");
            }
        }
    }

    [Fact]
    public void Named_UnknownPattern_NamesTheKnownOnes() =>
        Should.Throw<BadInputException>(() => SpatialPattern.Named("quilt")).Message.ShouldContain("ggblocks");

    [SkippableTheory]
    [InlineData("adt_n0_s1")]
    [InlineData("atac_n0.8_s1")]
    public void Domains_OfTheReferenceSlices_AreTheSame(string slice)
    {
        string file = RealData.Require($"simulated/{slice}/rna.h5ad");
        const string script = """
            import sys, h5py
            f = h5py.File(sys.argv[1])
            xy = f['obsm/spatial'][...]
            print(' '.join(f'{int(x)},{int(y)},{d}' for (x, y), d in zip(xy, f['obs/domain_id'][...])))
            """;
        Skip.IfNot(File.Exists("/usr/bin/python3"), "Python is not there");
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", script, file]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process python = Process.Start(start)!;
        Task<string> complaint = python.StandardError.ReadToEndAsync();
        string output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Skip.If(complaint.GetAwaiter().GetResult().Contains("No module named", StringComparison.Ordinal), "h5py is not there");
        python.ExitCode.ShouldBe(0);

        int[] domains = SpatialPattern.GgBlocks.Domains(36, 36);
        string[] spots = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        spots.Length.ShouldBe(1296);
        foreach (string spot in spots)
        {
            int[] parts = [.. spot.Split(',').Select(int.Parse)];
            domains[parts[1] * 36 + parts[0]].ShouldBe(parts[2], spot);
        }
    }
}
