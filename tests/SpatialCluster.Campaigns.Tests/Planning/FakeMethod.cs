using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Tests.Planning;

/// <summary>A method that is planned and never run.</summary>
internal sealed class FakeMethod(string name, bool usesSeed = true, bool givesEmbedding = true, bool seesTruth = false) : IntegrationMethod
{
    public override string Name => name;

    public override string Title => name.ToUpperInvariant();

    public override string Origin => "a test";

    public override int Version => 1;

    public override IReadOnlyList<Preset> Presets { get; } = [new Preset { Name = "usual", Origin = "a test", Options = MethodCatalogue.SpaMi.Presets[0].Options }];

    public override bool UsesSeed => usesSeed;

    public override bool GivesEmbedding => givesEmbedding;

    public override bool SeesTruth => seesTruth;

    public MethodEntry Entry => new() { Place = new DocumentPlace("a.yaml", 9, "methods[0]"), Method = this };

    public override long ForecastBytes(int spots, IReadOnlyList<int> widths, MethodOptions options, int threads) => spots * 8L;

    public override MethodResult Run(MethodInput input, MethodOptions options, ThreadTeam team, TrainingControl control) =>
        throw new BadInputException("A fake is not run; plan it only.");
}
