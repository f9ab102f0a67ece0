using System.Text.Json;

namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>What a script reads from standard output.</summary>
public sealed class JsonTests(Workplace workplace) : IClassFixture<Workplace>
{
    private static readonly string[] Promised =
    [
        "method", "preset", "seed", "spots", "modalities", "epochs", "train_seconds", "total_seconds", "peak_memory_mb", "final_loss", "domains", "moran", "outputs",
    ];

    [Fact]
    public void Integrate_Json_IsOneObjectWithThePromisedNames()
    {
        string folder = workplace.NewFolder();
        CliResult run = Workplace.Integrate(folder, "--modality", $"rna={workplace.Rna}", "--modality", $"protein={workplace.Protein}", "--json").ShouldSucceed();
        run.Json.EnumerateObject().Select(property => property.Name).Intersect(Promised).Order().ShouldBe(Promised.Order());
        run.Json.EnumerateObject().Where(property => Promised.Contains(property.Name)).ShouldAllBe(property => property.Value.ValueKind != JsonValueKind.Null);
        run.Number("peak_memory_mb").ShouldBeInRange(10, 1000);
        run.Number("total_seconds").ShouldBeGreaterThan(run.Number("train_seconds"));
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["o.h5ad"]);
    }
}
