using System.Diagnostics;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Loading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Benchmarks;

/// <summary>
/// The memory of a whole integration of 9,216 spots: RNA with 2,000 genes at 10 % non-zeros and 100 proteins, files in and file out,
/// no denoised values. Few epochs: memory does not grow with them.
/// </summary>
internal static class IntegrationBenchmark
{
    private const int Spots = 9216, Genes = 2000, Proteins = 100, Epochs = 5;

    public static void Run()
    {
        using var folder = new TemporaryFolder();
        AnnDataWriter.Write(folder["rna.h5ad"], SyntheticCounts.Document(SyntheticCounts.Draw(Spots, Genes, 0.1, 5), "gene"));
        AnnDataWriter.Write(folder["protein.h5ad"], SyntheticCounts.Document(SyntheticCounts.Draw(Spots, Proteins, 0.8, 6), "protein"));
        IReadOnlyList<KeyValuePair<string, double>> run = ChildProcess.Run(ChildRoles.Integrate, folder.Path);
        foreach ((string name, double value) in run.Where(f => f.Key != "peak"))
            Measurement.Print(name, value / 1e6, "MB");
        Measurement.Print("peak resident of these stages", run.Of("peak") / 1e6, "MB");
        (double peak, double seconds) = CommandLine(folder);
        Measurement.Print($"spatialcluster integrate, {Epochs} epochs, with report: whole process", seconds, "s");
        Measurement.Print("spatialcluster integrate, with report: peak resident", peak / 1e6, "MB", "≤ 400", peak <= 400e6);
    }

    /// <summary>Integrates in a fresh process and tells what is resident when each stage begins.</summary>
    public static void Child(string folder)
    {
        using var team = new ThreadTeam(Environment.ProcessorCount);
        Tell("start");
        LoadedSlice loaded = new SliceLoader(TableReader.Standard).Load(new SliceRequest
        {
            Modalities =
            [
                new ModalityRequest { Name = "rna", Path = Path.Combine(folder, "rna.h5ad") },
                new ModalityRequest { Name = "protein", Path = Path.Combine(folder, "protein.h5ad") },
            ],
        });
        Preset preset = MethodCatalogue.SpaMi.Presets[0];
        var options = new IntegrationOptions
        {
            Preset = preset.Name,
            Method = MethodCatalogue.SpaMi,
            Parameters = (SpaMiOptions)preset.Options with { Epochs = Epochs },
            Preprocessing = [.. loaded.Slice.Modalities.Select(m => preset.PreprocessingOf(m.Kind))],
            Domains = preset.Domains with { Domains = SyntheticCounts.Domains },
        };
        using IntegrationResult result = SliceIntegration.Run(loaded.Slice, options, team, new IntegrationControl { Stage = Tell });
        Tell("write");
        AnnDataWriter.Write(Path.Combine(folder, "out.h5ad"), new AnnDataDocument
        {
            SpotNames = loaded.Slice.SpotNames,
            FeatureNames = loaded.Slice.Modalities[0].FeatureNames,
            X = loaded.Slice.Modalities[0].Counts,
            Embeddings = [new NamedMatrix<Matrix>("X_spami", result.Trained.Embedding!)],
        });
        Tell("end");
        ChildProcess.Tell("peak", ResidentMemory.Peak);
    }

    /// <summary>The program itself, its peak read from outside while it runs; the kernel's figure only ever rises.</summary>
    private static (double Peak, double Seconds) CommandLine(TemporaryFolder folder)
    {
        string[] arguments =
        [
            "integrate", "--modality", $"rna={folder["rna.h5ad"]}", "--modality", $"protein={folder["protein.h5ad"]}", "--domains", "5",
            "--epochs", $"{Epochs}", "--out", folder["cli.h5ad"], "--report", folder["cli.html"], "--json",
        ];
        long begin = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "spatialcluster"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process program = Process.Start(start)!;
        Task<string> output = program.StandardOutput.ReadToEndAsync(), errors = program.StandardError.ReadToEndAsync();
        double peak = 0;
        while (!program.WaitForExit(5))
            peak = double.Max(peak, ResidentMemory.PeakOf(program.Id));
        Task.WaitAll(output, errors);
        return program.ExitCode == 0
            ? (peak, Stopwatch.GetElapsedTime(begin).TotalSeconds)
            : throw new InvalidOperationException($"spatialcluster integrate ended with {program.ExitCode}: {errors.Result}");
    }

    private static void Tell(string stage)
    {
        ChildProcess.Tell($"before {stage}: peak resident so far", ResidentMemory.Peak);
        ChildProcess.Tell($"before {stage}: in native buffers", NativeBuffer.LiveBytes);
    }
}
