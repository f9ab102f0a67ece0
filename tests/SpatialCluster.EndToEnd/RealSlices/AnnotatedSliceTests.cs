using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Tests;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.RealSlices;

/// <summary>Slices that somebody has annotated, in the formats in which they were published.</summary>
public sealed class AnnotatedSliceTests(Workplace workplace, ITestOutputHelper log) : IClassFixture<Workplace>
{
    [SkippableFact]
    public void Integrate_MosaicSimulation_FindsTheDomains()
    {
        string rna = RealData.Require("mosaic_simulation/s1_adata_rna.h5ad"), adt = RealData.Require("mosaic_simulation/s1_adata_adt.h5ad");
        string[] modalities = ["--modality", $"rna={rna}", "--modality", $"adt={adt}"];
        // X is scaled, with negative values; the counts lie in a layer.
        Workplace.Integrate(workplace.NewFolder(), modalities).ShouldBeRefused("negative", "--layer rna=counts");
        CliResult run = Integrate(120, [.. modalities, "--layer", "rna=counts", "--layer", "adt=counts", "--truth", "obs:gt", "--domains", "5"]);
        run.Number("ari").ShouldBeGreaterThan(0.6);
    }

    [SkippableFact]
    public void Integrate_StarmapCortex_TellsItsScore()
    {
        string counts = RealData.Require("starmap_mpfc/20180417_BZ5_counts.csv.gz"), meta = RealData.Require("starmap_mpfc/20180417_BZ5_meta.csv");
        CliResult run = Integrate(120, "--modality", $"rna={counts}", "--coordinates", $"{meta}:cell,x,y", "--truth", $"{meta}:cell,domain", "--domains", "4");
        run.Number("spots").ShouldBe(1049);

        // An index at the level of chance would mean that labels and spots were joined wrongly.
        run.Number("ari").ShouldBeGreaterThan(0.2);
        run.Json.GetProperty("scores").GetProperty("truth_labels").GetInt32().ShouldBe(4);
    }

    [SkippableFact]
    public void Integrate_BreastCancer_TellsItsScore()
    {
        string folder = RealData.Require("her2_breast");
        CliResult run = Integrate(
            120, "--modality", $"rna={folder}/A1.cnts.tsv.gz", "--coordinates", $"{folder}/A1_selection.tsv", "--truth", $"{folder}/A1_labeled_coordinates.tsv:label");
        // The score itself is near chance on this slice, so it says nothing here about how labels were joined.
        run.Notes.ShouldContain("joined by place");
        run.Number("spots").ShouldBe(346);
    }

    [SkippableFact]
    public void Integrate_LymphNodeProteins_NamesTheSpotWithoutCounts()
    {
        CliResult run = Integrate(60, "--modality", $"protein={RealData.Require("human_lymph_node_adt/slice1_adt.h5ad")}", "--truth", "obs:final_annot", "--domains", "10");
        run.Number("spots").ShouldBe(3484);
        run.Number("ari").ShouldBeGreaterThan(0.08);
        run.Notes.ShouldContain("1 of 3,484 spots have no counts (s1-GGACGTCGCACGAGAA-1)");
    }

    private CliResult Integrate(int epochs, params string[] arguments)
    {
        CliResult run = CliProcess.Run(workplace.NewFolder(), ["integrate", .. arguments, "--epochs", $"{epochs}", "--out", "o.h5ad", "--json"]).ShouldSucceed();
        log.WriteLine($"ARI {run.Number("ari"):0.000}, {run.Number("domains")} domains, Moran's I {run.Number("moran"):0.000}, {run.Number("total_seconds"):0.0} s");
        return run;
    }
}
