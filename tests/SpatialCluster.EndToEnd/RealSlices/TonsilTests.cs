using SpatialCluster.Analysis.Autocorrelation;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Methods.Integration;
using SpatialCluster.Tests;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.RealSlices;

/// <summary>Protein and metabolites of the same cells of a human tonsil.</summary>
public sealed class TonsilTests(Workplace workplace, ITestOutputHelper log) : IClassFixture<Workplace>
{
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Integrate_Tonsil_DomainsLieCloserThanThoseOfJointPca(int view)
    {
        string Part(string name) => RealData.Require($"tonsil_protein_metabolite/DonorA_{view}_{name}");
        string folder = workplace.NewFolder();
        (string protein, string metabolite, string places) = (Part("protein.csv.gz"), Part("metabolite.csv.gz"), Part("coords.csv"));

        CliResult run = CliProcess.Run(
            folder, "integrate", "--modality", $"protein={protein}", "--modality", $"metabolite={metabolite}", "--coordinates", places, "--epochs", "60", "--out", "o.h5ad", "--json").ShouldSucceed();

        foreach (string channel in new[] { "CD83", "CD86", "CXCR4" })
            run.Notes.ShouldContain(channel);
        using var team = new ThreadTeam(int.Min(Environment.ProcessorCount, 4));
        Slice slice = new SliceLoader(TableReader.Standard).Load(new SliceRequest
        {
            Modalities = [new ModalityRequest { Name = "protein", Path = protein }, new ModalityRequest { Name = "metabolite", Path = metabolite }],
            Coordinates = CoordinatesSource.File(places),
        }).Slice;
        int[] labels = AnnDataFile.ReadLabels(Path.Combine(folder, "o.h5ad")).Annotations.Single(a => a.Name == "domain").Codes;
        DomainMoranTest test = DomainAutocorrelation.Test(labels, DomainFinder.SpatialWeights(slice.Coordinates, team), 100, new RandomStream(1), team);
        TissueDomains joint = JointPca.Domains(slice, (int)run.Number("domains"), team);
        log.WriteLine($"{run.Number("domains")} domains, Moran's I {test.Observed:0.000}; joint PCA {joint.Count} domains, {joint.Moran.Mean:0.000}; highest of 100 shuffles {test.Shuffled.Max():0.000}");

        test.Observed.ShouldBe(run.Number("moran"), 1e-12);
        test.Observed.ShouldBeGreaterThan(test.Shuffled.Max());
        test.Observed.ShouldBeGreaterThan(joint.Moran.Mean!.Value);
    }
}
