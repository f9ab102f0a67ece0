using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>Campaigns over files.</summary>
[Collection(CampaignCollection.Name)]
public sealed class FileCampaignTests(CampaignWorkplace campaigns, Workplace data) : IClassFixture<Workplace>
{
    [Fact]
    public async Task Run_FilesElsewhere_WorkBelowAnAllowedFolderAlone()
    {
        string folder = campaigns.NewFolder();
        CampaignPlace place = new(folder, Document(data.Rna, data.Protein));
        CliProcess.Run(folder, place.Run()).ShouldBeRefused("campaign.yaml:", data.Rna, "leads outside");
        Directory.Exists(place.Store).ShouldBeFalse();

        CliResult run = CliProcess.Run(folder, place.Run("--root", Path.GetDirectoryName(data.Rna)!)).ShouldSucceed();
        run.Number("runs").ShouldBe(4);
        run.Json.GetProperty("methods").EnumerateArray().ShouldAllBe(m => m.GetProperty("ari").GetDouble() <= 1);
        await CampaignWorkplace.ShouldBeSoundAsync(place);

        // The inputs lie in the store: nothing else is needed to go on.
        CliProcess.Run(folder, place.Resume()).ShouldSucceed().Json.GetProperty("outcome").GetProperty("done").GetInt32().ShouldBe(0);
    }

    [Fact]
    public void Plan_FilesMoved_IsTheSameAndRenamedIsNot()
    {
        string here = campaigns.NewFolder(), there = campaigns.NewFolder(), renamed = campaigns.NewFolder();
        Directory.CreateDirectory(Path.Combine(there, "deep"));
        foreach ((string file, string to) in new[] { (data.Rna, "rna.h5ad"), (data.Protein, "protein.h5ad") })
        {
            File.Copy(file, Path.Combine(here, to));
            File.Copy(file, Path.Combine(there, "deep", to));
            File.Copy(file, Path.Combine(renamed, to == "rna.h5ad" ? "other.h5ad" : to));
        }

        string first = Id(new CampaignPlace(here, Document("rna.h5ad", "protein.h5ad")));
        Id(new CampaignPlace(there, Document("deep/rna.h5ad", "deep/protein.h5ad"))).ShouldBe(first);
        Id(new CampaignPlace(renamed, Document("other.h5ad", "protein.h5ad"))).ShouldNotBe(first, "a file's own name is in its key");
    }

    [Fact]
    public void Run_PathsThatEscape_AreRefused()
    {
        string outside = campaigns.NewFolder(), folder = campaigns.NewFolder();
        File.Copy(data.Rna, Path.Combine(outside, "rna.h5ad"));
        File.CreateSymbolicLink(Path.Combine(folder, "link.h5ad"), Path.Combine(outside, "rna.h5ad"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "data"), outside);
        foreach (string path in new[] { "link.h5ad", "data/rna.h5ad", $"../{Path.GetFileName(outside)}/rna.h5ad", "/etc/hostname", "data/nothing.h5ad" })
            CliProcess.Run(folder, new CampaignPlace(folder, Document(path, path)).Run("--dry-run")).ShouldBeRefused(path, "leads outside");
        CliProcess.Run(folder, new CampaignPlace(folder, Document("link.h5ad", "data/rna.h5ad")).Run("--dry-run", "--root", outside)).ShouldSucceed();
    }

    private static string Id(CampaignPlace place) => CliProcess.Run(place.Folder, place.Run("--dry-run")).ShouldSucceed().Json.GetProperty("id").GetString()!;

    private static string Document(string rna, string protein) =>
        $$"""
        name: files
        datasets:
          - name: slice
            modalities:
              rna: { file: "{{rna}}" }
              protein: { file: "{{protein}}" }
            truth: obs:domain
        perturbations: [{ noise: [0, 0.5] }]
        methods: [{ method: wnn, parameters: { range: 60 } }, pca]
        evaluation: { umap: none }
        """;
}
