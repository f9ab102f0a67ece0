using System.Diagnostics;
using System.Diagnostics.Metrics;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Silo.Tests.Telemetry;

public sealed class TelemetryObserverTests
{
    [Fact]
    public void Spans_OfAGrain_HangTogetherAndLeaveTheCallersAlone()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClusterTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == CampaignTraces.ContextOf("spans-1").TraceId)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var outer = new Activity("outer");
        outer.Start();
        PlannedGrain done = Grain('a');
        PlannedGrain failed = Grain('b');
        PlannedGrain returned = Grain('c');
        using (var observer = new TelemetryObserver("spans-1"))
        {
            observer.Started(done, "cpu:0");
            observer.Started(failed, "cpu:1");
            observer.Stage(done, "training");
            Activity.Current.ShouldBe(outer);
            observer.Ended(failed, new GrainOutcome(failed.Key, GrainState.Failed, 1, "no room"));
            observer.Ended(done, new GrainOutcome(done.Key, GrainState.Done, 1));
            observer.Started(returned, "cpu:0");
            Activity.Current.ShouldBe(outer);
        }

        Activity.Current.ShouldBe(outer);
        spans.Select(s => s.OperationName).ShouldBe(["grain", "stage", "grain", "grain", "campaign"]);
        spans[0].Status.ShouldBe(ActivityStatusCode.Error);
        spans[0].StatusDescription.ShouldBe("no room");
        spans[1].ParentSpanId.ShouldBe(spans[2].SpanId);
        spans[2].GetTagItem("spatialcluster.grain.state").ShouldBe("done");
        spans[3].GetTagItem("spatialcluster.grain.state").ShouldBe("returned");
        spans.Where(s => s.OperationName == "grain").ShouldAllBe(s => s.ParentSpanId == spans[4].SpanId);
        CampaignTraces.ContextOf("spans-2").TraceId.ShouldNotBe(spans[0].TraceId);
    }

    [Fact]
    public void Epochs_OfAResumedTraining_AreThoseDoneHere()
    {
        long epochs = 0;
        PlannedGrain grain = Grain('d');
        // By name: an instrument is published before the property that holds it is set.
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument is { Meter.Name: ClusterTelemetry.Name, Name: "spatialcluster.training.epochs" }) self.EnableMeasurementEvents(instrument); } };
        int thread = Environment.CurrentManagedThreadId;
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => epochs += Environment.CurrentManagedThreadId == thread ? value : 0);
        listener.Start();
        using var observer = new TelemetryObserver("epochs-1");
        observer.Started(grain, "cpu:0");
        foreach (int epoch in new[] { 101, 102, 110 })
            observer.Epoch(grain, new TrainingProgress(epoch, 200, 1));
        epochs.ShouldBe(10);
    }

    [Fact]
    public async Task MeasuredStore_OfFiles_StagesOnceAndTellsEveryCall()
    {
        using var folder = new TemporaryFolder();
        var calls = new List<StoreCall>();
        using var store = MeasuredArtifactStore.Of(FileSystemArtifactStore.Open(Path.Combine(folder.Path, "store"), create: true), calls.Add);
        int written = 0;
        ContentReference content = await new ContentStore(store).PutAsync((stream, stop) =>
        {
            written++;
            return stream.WriteAsync("content"u8.ToArray(), stop).AsTask();
        });
        written.ShouldBe(1);
        (await new ContentStore(store).ReadAsync(content.Digest)).ShouldBe("content"u8.ToArray());
        await foreach (ArtifactInfo info in store.ListAsync(""))
            info.Bytes.ShouldBe(7);
        (await store.DeleteAsync(StoreLayout.Blob(content.Digest))).ShouldBeTrue();
        calls.Select(c => c.Operation).ShouldBe([StoreOperation.Put, StoreOperation.Open, StoreOperation.List, StoreOperation.Delete]);
        calls.ShouldAllBe(c => c.Done && c.Duration > TimeSpan.Zero);
        Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).ShouldNotContain(path => path.EndsWith(content.Digest.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task MeasuredStore_CallThatThrows_IsToldAsFailed()
    {
        var calls = new List<StoreCall>();
        using var store = MeasuredArtifactStore.Of(new MemoryArtifactStore(), calls.Add);
        await Should.ThrowAsync<InvalidOperationException>(() => store.PutIfAbsentAsync(StoreLayout.Identity, (_, _) => throw new InvalidOperationException()));
        calls.ShouldHaveSingleItem();
        (calls[0].Operation, calls[0].Done).ShouldBe((StoreOperation.Put, false));
    }

    private static PlannedGrain Grain(char digest) => new()
    {
        Key = new GrainKey("slice", new ContentDigest(new string(digest, 64))),
        Inputs = [],
        Code = "slice.1",
        Lane = Lane.Cpu,
        Title = "A slice",
        ForecastBytes = 1,
        ForecastSeconds = 1,
    };
}
