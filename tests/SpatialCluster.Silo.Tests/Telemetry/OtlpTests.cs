using Microsoft.Extensions.Logging;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Training;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Tests.Telemetry;

[Collection(ProcessTelemetryCollection.Name)]
public sealed class OtlpTests
{
    private const string Canary = "canary-secret-9876543210";

    [Fact]
    public async Task Telemetry_OfACampaign_ArrivesAtTheCollector()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using (SiloTelemetry telemetry = SiloTelemetry.Start(
            new TelemetryOptions
            {
                Service = "spatialcluster-silo",
                Instance = "silo-1",
                Version = "0.0",
                Otlp = OtlpAddress.Parse(receiver.Url, "--otlp"),
                Redaction = new SecretRedaction([Canary]),
            },
            TextWriter.Null))
        {
            PlannedGrain grain = Grain();
            using (var observer = new TelemetryObserver("campaign-1"))
            {
                observer.Started(grain, "cpu:0");
                observer.Stage(grain, "training");
                observer.Epoch(grain, new TrainingProgress(1, 2, 0.5));
                observer.Stage(grain, "writing");
                observer.Ended(grain, new GrainOutcome(grain.Key, GrainState.Done, 1.5));
            }

            ILogger logger = telemetry.Logs.CreateLogger("test");
#pragma warning disable CA1848, CA2254, CA1873 // As a library would, with a secret in its text.
            logger.LogError(new InvalidOperationException($"amqp://user:{Canary}@host"), "The broker {Url} is away", $"amqp://user:{Canary}@host");
#pragma warning restore CA1848, CA2254, CA1873
        }

        receiver.Types.ShouldBe(["application/x-protobuf"]);
        receiver.Names("/v1/traces").ShouldBe(["stage", "stage", "grain", "campaign"], ignoreOrder: true);
        receiver.Names("/v1/metrics").ShouldContain("spatialcluster.grain.duration");
        receiver.Names("/v1/metrics").ShouldContain("spatialcluster.training.epochs");
        receiver.Names("/v1/metrics").ShouldContain("dotnet.gc.collections");
        receiver.Names("/v1/logs").ShouldHaveSingleItem();
        receiver.Raw().ShouldContain("campaign-1");
        receiver.Raw().ShouldContain("@host");
        receiver.Raw().ShouldNotContain(Canary);
    }

    [Theory]
    [InlineData("collector:4318")]
    [InlineData("ftp://collector")]
    [InlineData("http://user:canary-secret@collector:4318")]
    [InlineData("http://collector:4318/?key=canary-secret")]
    public void Address_OfNoCollectorOrWithSecrets_IsRefusedWithoutBeingTold(string text)
    {
        string message = Should.Throw<BadInputException>(() => OtlpAddress.Parse(text, "--otlp")).Message;
        message.ShouldStartWith("--otlp ");
        message.ShouldNotContain("canary-secret");
    }

    [Fact]
    public void Address_OfACollector_HasAPathForEachSignal() =>
        OtlpAddress.Parse("https://collector.example/otel/", "--otlp").For("traces").ToString().ShouldBe("https://collector.example/otel/v1/traces");

    [Theory]
    [InlineData("amqp://user:pass@host/x", "amqp://***@host/x")]
    [InlineData("AccountName=a;AccountKey=abc==;Endpoint=b", "AccountName=a;AccountKey=***;Endpoint=b")]
    [InlineData("https://a.example/c?sv=1&sig=abc%3D&se=2", "https://a.example/c?sv=1&sig=***&se=2")]
    [InlineData("Authorization: Bearer abcdef", "Authorization: Bearer ***")]
    [InlineData("the known-secret here", "the *** here")]
    [InlineData("nothing at a@b.example", "nothing at a@b.example")]
    public void Clean_OfATextWithCredentials_TakesThemOut(string text, string expected) => new SecretRedaction(["known-secret", null]).Clean(text).ShouldBe(expected);

    private static PlannedGrain Grain() => new()
    {
        Key = new GrainKey("training-run", new ContentDigest(new string('a', 64))),
        Inputs = [],
        Code = "training-run.1",
        Lane = Lane.Cpu,
        Title = "PCA",
        ForecastBytes = 1,
        ForecastSeconds = 1,
    };
}
