using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Campaigns.Work;

namespace SpatialCluster.Silo.Tests.Dashboard;

public sealed class DashboardApiTests
{
    private static readonly Lazy<Task<StoredCampaign>> s_finished = new(async () => await (await StoredCampaign.SubmitAsync(StoredCampaign.Whole)).RunAsync());

    [Fact]
    public async Task Campaigns_OfAStore_TellWhereTheyStand()
    {
        StoredCampaign done = await (await StoredCampaign.SubmitAsync(StoredCampaign.Quick)).RunAsync();
        StoredCampaign open = await StoredCampaign.SubmitAsync(StoredCampaign.Quick.Replace("seed: 5", "seed: 6").Replace("name: quick", "name: open"), done.Records);
        await open.RunAsync(g => g.Key.Kind == SliceSpec.KindName);
        await open.Records.PutAsync(StoreLayout.ActiveCampaign(open.Id), "active"u8.ToArray());
        await new CampaignStore(open.Records).CancelAsync(open.Id);
        await using DashboardHost host = await DashboardHost.StartAsync(done.Source());
        JsonNode reply = await Get(host, "campaigns");
        ((bool)reply["readOnly"]!).ShouldBeTrue();
        JsonNode first = reply["campaigns"]!.AsArray().Single(c => (string)c!["id"]! == done.Id)!, second = reply["campaigns"]!.AsArray().Single(c => (string)c!["id"]! == open.Id)!;
        ((int)first["done"]!, (int)first["grains"]!, (bool)first["finished"]!, (bool)first["cancelled"]!).ShouldBe((done.Campaign.Plan.Grains.Count, done.Campaign.Plan.Grains.Count, true, false));
        ((int)second["done"]!, (bool)second["finished"]!, (bool)second["cancelled"]!, (bool)second["active"]!).ShouldBe((1, false, true, true));
    }

    [Fact]
    public async Task Runs_OfAFinishedCampaign_HaveTheScoresOfTheirEvaluations()
    {
        StoredCampaign stored = await s_finished.Value;
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        JsonNode reply = await Get(host, $"campaigns/{stored.Id}/runs");
        JsonArray runs = reply["runs"]!.AsArray();
        runs.Count.ShouldBe(stored.Campaign.Rows.Count);
        for (int i = 0; i < runs.Count; i++)
        {
            ReportRow row = stored.Campaign.Rows[i];
            GrainResult evaluation = (await stored.Records.FindResultAsync(row.Evaluation))!;
            ((string)runs[i]!["state"]!).ShouldBe("done");
            ((double?)runs[i]!["scores"]!["ari"]).ShouldBe((double?)evaluation.Values["scores"]!["ari"]);
            ((string)reply["methods"]![(int)runs[i]!["method"]!]!["id"]!).ShouldBe(row.Method);
            ((double)runs[i]!["seconds"]!).ShouldBeGreaterThan(0);
        }

        reply["metrics"]!.AsArray().Select(m => (string)m!["id"]!).ShouldContain("ari");
        reply["scenarios"]!.AsArray().Select(s => (string)s!["label"]!).ShouldBe(["as it is", "Gaussian noise 0.6"], ignoreOrder: true);
    }

    [Fact]
    public async Task Runs_SinceAToken_AreThoseThatChanged()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source(new FakeEngine()));
        string token = (string)(await Get(host, $"campaigns/{stored.Id}/runs"))["token"]!;
        ReportRow row = stored.Campaign.Rows[0];
        await stored.RunAsync(g => g.Key.Kind is SliceSpec.KindName or ModalitySpec.KindName || g.Key == row.Run || g.Key == row.Evaluation);
        await Eventually(async () =>
        {
            JsonNode changed = await Get(host, $"campaigns/{stored.Id}/runs?since={token}");
            ((bool)changed["whole"]!).ShouldBeFalse();
            JsonNode[] done = [.. changed["runs"]!.AsArray().Where(r => (string)r!["state"]! == "done").Select(r => r!)];
            done.Length.ShouldBe(stored.Campaign.Rows.Count(r => r.Evaluation == row.Evaluation));
            changed["runs"]!.AsArray().Count.ShouldBeLessThan(stored.Campaign.Rows.Count);
        });
        ((bool)(await Get(host, $"campaigns/{stored.Id}/runs?since=00000000.1"))["whole"]!).ShouldBeTrue("a token of another process says nothing");
    }

    [Fact]
    public async Task Summary_OfSeeds_HasMeanAndSampleDeviation()
    {
        StoredCampaign stored = await s_finished.Value;
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        JsonArray cells = (await Get(host, $"campaigns/{stored.Id}/summary"))["cells"]!.AsArray();
        JsonNode cell = cells.First(c => (string)c!["method"]!["id"]! == "random" && (string)c["scenario"]!["kind"]! == "none")!;
        double[] scores = [.. stored.Campaign.Rows.Where(r => r.Method == "random" && r.Perturbation == "none")
            .Select(r => EvaluationFigures.Of(stored.Records.FindResultAsync(r.Evaluation).Result!).Score("ari")!.Value)];
        scores.Length.ShouldBe(2);
        ((double)cell["scores"]!["ari"]!["mean"]!).ShouldBe(scores.Average(), 1e-12);
        ((double)cell["scores"]!["ari"]!["deviation"]!).ShouldBe(Math.Abs(scores[0] - scores[1]) / Math.Sqrt(2), 1e-12);
        ((int)cell["done"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Run_OfATraining_TellsOptionsLossesAttentionAndAttempts()
    {
        StoredCampaign stored = await s_finished.Value;
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        int index = stored.Campaign.Rows.ToList().FindIndex(r => r.Method == "spami");
        JsonNode run = await Get(host, $"campaigns/{stored.Id}/runs/{index}");
        ((int)run["options"]!["epochs"]!).ShouldBe(12);
        ((bool)run["losses"]!, (bool)run["attention"]!, (bool)run["umap"]!).ShouldBe((true, true, true));
        JsonNode training = run["grains"]!.AsArray().Single(g => (string)g!["grain"]!["kind"]! == "training-run")!;
        JsonNode attempt = training["attempts"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)attempt["machine"]!, (string)attempt["device"]!, (int)attempt["threads"]!).ShouldBe((Environment.MachineName, "cpu:0", 1));
        JsonNode losses = await Get(host, $"runs/{run["trainingRun"]}/losses");
        ((int)losses["epochs"]!).ShouldBe(12);
        losses["terms"]!.AsArray().ShouldAllBe(t => t!["values"]!.AsArray().Count == 12);
        ((string)losses["terms"]![0]!["name"]!).ShouldBe("total");
        JsonArray attention = (await Get(host, $"runs/{run["trainingRun"]}/attention"))["modalities"]!.AsArray();
        attention.Select(m => (string)m!["name"]!).ShouldBe(["rna", "protein"]);
        attention.Sum(m => (double)m!["mean"]!).ShouldBe(1, 1e-3, "the weights of a spot sum up to one");
        attention.ShouldAllBe(m => m!["histogram"]!.AsArray().Sum(n => (int)n!) == 144);
    }

    [Fact]
    public async Task Slice_Arrays_AreThoseOfTheStore()
    {
        StoredCampaign stored = await s_finished.Value;
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        ReportRow row = stored.Campaign.Rows.First(r => r.Method == "spami");
        var places = StoredPlaces.Load((await stored.Records.FindResultAsync(row.Slice))!, d => stored.Records.Content.OpenAsync(d).Result);
        float[] coordinates = await Array<float>(host, $"slices/{row.Slice.Digest}/coordinates");
        coordinates.Length.ShouldBe(288);
        (coordinates[20], coordinates[21]).ShouldBe(((float)places.Coordinates.X[10], (float)places.Coordinates.Y[10]));
        (await Array<int>(host, $"slices/{row.Slice.Digest}/truth")).ShouldBe(places.Truth!.Codes);
        (await Array<int>(host, $"evaluations/{row.Evaluation.Digest}/domains")).Length.ShouldBe(144);
        (await Array<float>(host, $"evaluations/{row.Evaluation.Digest}/umap")).Length.ShouldBe(288);
        (await Array<float>(host, $"runs/{row.Run.Digest}/weights")).Length.ShouldBe(288);
        JsonNode slice = await Get(host, $"slices/{row.Slice.Digest}");
        ((int)slice["spots"]!).ShouldBe(144);
        slice["truth"]!["categories"]!.AsArray().Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Features_Searched_GiveTheirCounts()
    {
        StoredCampaign stored = await s_finished.Value;
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        ReportRow row = stored.Campaign.Rows[0];
        string folder = Directory.CreateTempSubdirectory("spatialcluster-tests-").FullName;
        try
        {
            Data.Slices.Modality rna = StoredSlice.LoadModality(
                (await stored.Records.FindResultAsync(row.Slice))!, "rna", (digest, path) => stored.Records.Content.CopyToFileAsync(digest, path).Wait(), folder);
            string name = rna.FeatureNames[7];
            JsonNode found = await Get(host, $"slices/{row.Slice.Digest}/features?modality=rna&search={Uri.EscapeDataString(name)}");
            found["names"]!.AsArray().Select(n => (string)n!).ShouldContain(name);
            ((int)found["of"]!).ShouldBe(120);
            float[] values = await Array<float>(host, $"slices/{row.Slice.Digest}/values?modality=rna&feature={Uri.EscapeDataString(name)}");
            values.Length.ShouldBe(144);
            for (int spot = 0; spot < 144; spot++)
            {
                int at = rna.Counts.RowColumns(spot).IndexOf(7);
                values[spot].ShouldBe(at < 0 ? 0 : rna.Counts.RowValues(spot)[at]);
            }

            values.Max().ShouldBeGreaterThan(0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("campaigns/none")]
    [InlineData("campaigns/..%2Fsecret")]
    [InlineData("campaigns/ID/runs/999")]
    [InlineData("campaigns/ID/grains?state=odd")]
    [InlineData("runs/zz/losses")]
    [InlineData("runs/0000000000000000000000000000000000000000000000000000000000000000/losses")]
    [InlineData("slices/SLICE/values?modality=rna&feature=none-of-that-name")]
    [InlineData("slices/SLICE/features?modality=nothing")]
    [InlineData("nothing/here")]
    public async Task Get_OfWhatIsNotThere_Is404WithASentence(string path)
    {
        StoredCampaign stored = await s_finished.Value;
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        HttpResponseMessage reply = await host.Client().GetAsync("/api/v1/" + path.Replace("ID", stored.Id).Replace("SLICE", stored.Campaign.Rows[0].Slice.Digest.Hex));
        reply.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        ((string)JsonNode.Parse(await reply.Content.ReadAsStringAsync())!["error"]!).Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Get_OfWhatNeverChanges_IsCompressedAndNotSentTwice()
    {
        StoredCampaign stored = await StoredCampaign.LargeAsync(100);
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        HttpClient client = host.Client();
        string path = $"/api/v1/evaluations/{stored.Campaign.Rows[0].Evaluation.Digest}/domains";
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        HttpResponseMessage reply = await client.SendAsync(request);
        byte[] body = await reply.Content.ReadAsByteArrayAsync();
        reply.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        body.Length.ShouldBeLessThan(4000, "40,000 bytes of which most are alike");
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        unpacked.Length.ShouldBe(4 * 10_000);
        reply.Headers.CacheControl!.ToString().ShouldContain("immutable");
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(reply.Headers.ETag!);
        (await client.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Cancel_WithAnEngine_MarksTheStoreAndTellsTheCluster()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        var engine = new FakeEngine();
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source(engine));
        HttpClient client = host.Client();
        (await client.PostAsync($"/api/v1/campaigns/{stored.Id}/cancel", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        engine.Cancelled.ShouldBeEmpty();
        (await client.PostAsync($"/api/v1/campaigns/{stored.Id}/cancel", JsonContent.Create(new { }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        engine.Cancelled.ShouldBe([stored.Id]);
        (await new CampaignStore(stored.Records).IsCancelledAsync(stored.Id)).ShouldBeTrue();
        (await client.PostAsync("/api/v1/campaigns/none/cancel", JsonContent.Create(new { }))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Post_WithoutAnEngine_IsRefusedWithTheWayOut()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        HttpResponseMessage reply = await host.Client().PostAsync($"/api/v1/campaigns/{stored.Id}/cancel", JsonContent.Create(new { }));
        reply.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reply.Content.ReadAsStringAsync()).ShouldContain("spatialcluster campaign cancel");
        (await new CampaignStore(stored.Records).IsCancelledAsync(stored.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Silos_AndTheirDrain_GoThroughTheStore()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        var registry = new SiloRegistry(stored.Records);
        await registry.SayAsync(Beacons.Of("north-1", stored.Campaign.Plan.Grains[0], stored.Id));
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source(new FakeEngine()));
        JsonNode silo = (await Get(host, "silos"))["silos"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)silo["id"]!, (bool)silo["live"]!, (string)silo["devices"]![0]!["title"]!).ShouldBe(("north-1", true, stored.Campaign.Plan.Grains[0].Title));
        (await host.Client().PostAsync("/api/v1/silos/north-1/drain", JsonContent.Create(new { }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await registry.IsAskedToDrainAsync("north-1")).ShouldBeTrue();
        (await host.Client().PostAsync("/api/v1/silos/south/drain", JsonContent.Create(new { }))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Errors_OfFailedGrains_BeginWithTheCause()
    {
        StoredCampaign stored = await Beacons.FailedAsync();
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        JsonNode errors = await Get(host, $"campaigns/{stored.Id}/errors");
        ((string)errors["errors"]![0]!["error"]!).ShouldBe(Beacons.Error);
        JsonNode run = await Get(host, $"campaigns/{stored.Id}/runs/0");
        ((string)run["run"]!["state"]!).ShouldBe("failed");
        run["grains"]!.AsArray().SelectMany(g => g!["attempts"]!.AsArray()).Select(a => (string?)a!["error"]).ShouldContain(Beacons.Error + "\n");
        ((int)(await Get(host, $"campaigns/{stored.Id}/grains?state=failed"))["count"]!).ShouldBe((int)errors["count"]!);
    }

    [Fact]
    public async Task Events_OfManyViewers_CostOneLook()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        StreamReader[] viewers = new StreamReader[24];
        for (int v = 0; v < viewers.Length; v++)
            viewers[v] = new StreamReader(await host.Client().GetStreamAsync("/api/v1/events", patience.Token));
        long before = host.Looks;
        await stored.RunAsync(g => g.Key.Kind == SliceSpec.KindName);
        foreach (StreamReader viewer in viewers)
            (await Until(viewer, "campaign", data => (int)data["done"]! == 1, patience.Token))["id"]!.GetValue<string>().ShouldBe(stored.Id);
        (host.Looks - before).ShouldBeLessThan(viewers.Length, "24 viewers share a look");
        foreach (StreamReader viewer in viewers)
            viewer.Dispose();
    }

    [Fact]
    public async Task Events_OfAnEngine_ArePutTogether()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        var engine = new FakeEngine();
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source(engine));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var viewer = new StreamReader(await host.Client().GetStreamAsync("/api/v1/events", patience.Token));
        PlannedGrain grain = stored.Campaign.Plan.Grains[0];
        await Until(viewer, "campaign", data => (int)data["done"]! == 0, patience.Token);
        for (int epoch = 1; epoch <= 500; epoch++)
            engine.Say(new ClusterEvent(ClusterEventKind.GrainEpoch, stored.Id, "north-1") { Grain = grain.Key.ToString(), Epoch = epoch, Epochs = 500, Loss = 1.0 / epoch });
        int told = 0;
        await Until(viewer, "progress", data =>
        {
            told++;
            return (int)data[0]!["epoch"]! == 500;
        }, patience.Token);
        told.ShouldBeLessThan(50, "500 epochs in a moment are not 500 messages");
        await stored.RunAsync(g => g.Key == grain.Key);
        engine.Say(new ClusterEvent(ClusterEventKind.GrainEnded, stored.Id, "north-1") { Grain = grain.Key.ToString(), Text = "done" });
        await Until(viewer, "campaign", data => (int)data["done"]! == 1, patience.Token);
    }

    [Fact]
    public async Task Events_WhereNothingHappens_BeatNow()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var viewer = new StreamReader(await host.Client().GetStreamAsync("/api/v1/events", patience.Token));
        while (await viewer.ReadLineAsync(patience.Token) is { } line)
        {
            if (line == ":")
                return;
        }

        Assert.Fail("The stream ended before a heartbeat came.");
    }

    [Fact]
    public async Task Root_WithoutBuiltPages_SaysHowToBuildThem()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        await using DashboardHost host = await DashboardHost.StartAsync(stored.Source(), pages: "/nowhere");
        HttpResponseMessage reply = await host.Client().GetAsync("/");
        reply.StatusCode.ShouldBe(HttpStatusCode.OK);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await reply.Content.ReadAsStringAsync()).ShouldContain("eng/web.sh");
        reply.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'");
    }

    private static async Task<JsonNode> Get(DashboardHost host, string path) =>
        JsonNode.Parse(await host.Client().GetStringAsync("/api/v1/" + path))!;

    private static async Task<T[]> Array<T>(DashboardHost host, string path)
        where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(await host.Client().GetByteArrayAsync("/api/v1/" + path)).ToArray();

    // Reads events until one is as wanted.
    private static async Task<JsonNode> Until(StreamReader viewer, string name, Func<JsonNode, bool> wanted, CancellationToken patience)
    {
        string last = "";
        while (await viewer.ReadLineAsync(patience) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                last = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && last == name && JsonNode.Parse(line["data: ".Length..]) is { } data && wanted(data))
                return data;
        }

        throw new InvalidOperationException($"The stream ended before '{name}' came.");
    }

    // The store is looked at again after two seconds at the latest.
    private static async Task Eventually(Func<Task> holds)
    {
        for (int turn = 0; ; turn++)
        {
            try
            {
                await holds();
                return;
            }
            catch (ShouldAssertException) when (turn < 200)
            {
                await Task.Delay(100);
            }
        }
    }
}
