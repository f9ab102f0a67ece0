using System.Text.Json;

namespace SpatialCluster.Cli.Tests;

/// <summary>A campaign over slices of 144 spots, run once into a store of its own, and room for each test's own files.</summary>
public sealed class SmallCampaign : IDisposable
{
    /// <summary>Two noise levels, three methods, two seeds.</summary>
    public const string Document =
        """
        version: 1
        name: small
        description: Two levels of noise.
        datasets:
          - name: slice
            simulate: { grid: 12, seed: 1, modalities: [{ name: rna, features: 60 }, { name: protein, features: 20 }] }
        perturbations:
          - noise: [0, 0.4]
        methods:
          - method: spami
            parameters: { epochs: 4, hidden-width: 16, embedding-width: 8 }
          - method: wnn
            parameters: { range: 60 }
          - pca
        seeds: 2
        evaluation: { umap: none }
        """;

    /// <summary>One of its two methods cannot find so many neighbours.</summary>
    public const string FailingDocument =
        """
        name: failing
        datasets:
          - name: slice
            simulate: { grid: 12, seed: 1, modalities: [{ name: rna, features: 60 }, { name: protein, features: 20 }] }
        methods:
          - method: wnn
            parameters: { neighbors: 150 }
          - pca
        evaluation: { umap: none }
        """;

    private int _folders;

    public SmallCampaign()
    {
        Root = Directory.CreateTempSubdirectory("spatialcluster-cli-").FullName;
        CommandRun run = CommandRun.Of("campaign", "run", Write(Document), "--store", Store, "--out", Path.Combine(Root, "report"), "--threads", "2", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        Summary = run.Json;
    }

    public string Root { get; }

    /// <summary>The store in which it is done; read only.</summary>
    public string Store => Path.Combine(Root, "store");

    /// <summary>The folder of its report.</summary>
    public string Report => Path.Combine(Root, "report");

    /// <summary>What the run told.</summary>
    public JsonElement Summary { get; }

    public string Id => Summary.GetProperty("id").GetString()!;

    public string Digest => Summary.GetProperty("results_digest").GetString()!;

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(Root, $"test{Interlocked.Increment(ref _folders)}")).FullName;

    /// <summary>Writes a document into a folder of its own.</summary>
    public string Write(string document)
    {
        string path = Path.Combine(NewFolder(), "campaign.yaml");
        File.WriteAllText(path, document);
        return path;
    }

    /// <summary>A copy of the store that a test may change.</summary>
    public string CopyStore()
    {
        string copy = Path.Combine(NewFolder(), "store");
        foreach (string path in Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(Store, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return copy;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
