using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.AnnData;

namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>Spots at the place of another.</summary>
public sealed class SharedPlaceTests(Workplace workplace) : IClassFixture<Workplace>
{
    [Fact]
    public void Integrate_TwoSpotsAtOnePlace_SaysSoAndStaysFinite()
    {
        string folder = workplace.NewFolder();
        string counts = string.Concat(Enumerable.Range(0, 60).Select(i => $"s{i},{i % 7},{i * i % 11},{i * 3 % 5},{1 + (i % 2)}\n"));
        // s41 lies where s40 lies; five more share the corner.
        string places = string.Concat(Enumerable.Range(0, 60).Select(i => i == 41 ? "s41,0,5\n" : i < 6 ? $"s{i},0,0\n" : $"s{i},{i % 8},{i / 8}\n"));
        File.WriteAllText(Path.Combine(folder, "rna.csv"), "spot,a,b,c,d\n" + counts);
        File.WriteAllText(Path.Combine(folder, "xy.csv"), "spot,x,y\n" + places);

        CliResult run = Workplace.Integrate(folder, "--modality", "rna=rna.csv", "--coordinates", "xy.csv", "--json").ShouldSucceed();

        run.Notes.ShouldContain("6 spots lie at the place of another");
        double.IsFinite(run.Number("final_loss")).ShouldBeTrue();
        using Matrix embedding = AnnDataFile.ReadEmbedding(Path.Combine(folder, "o.h5ad"), "X_spami").Values;
        embedding.ToArray().ShouldAllBe(value => float.IsFinite(value));
    }
}
