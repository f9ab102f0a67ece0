using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Reporting.Colours;
using static Microsoft.Playwright.Assertions;

namespace SpatialCluster.Silo.Tests.Dashboard;

/// <summary>The pages in a browser, over a server on a free port.</summary>
public sealed class DashboardPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private static readonly Lazy<Task<StoredCampaign>> s_finished = new(FinishedAsync);

    private readonly List<string> _complaints = [];
    private DashboardHost? _host;
    private IBrowserContext? _context;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_context is not null)
            await _context.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [SkippableFact]
    public async Task Campaigns_AreListed_WithTheirStates()
    {
        StoredCampaign stored = await s_finished.Value;
        IPage page = await OpenAsync(stored, "#/");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "noise-on-a-small-tissue" })).ToBeVisibleAsync();
        await Expect(page.Locator("li.panel").Filter(new() { HasText = "with-a-failure" }).Locator(".state")).ToContainTextAsync("failed");
        await Expect(page.Locator("li.panel").Filter(new() { HasText = "noise-on" }).Locator(".state")).ToHaveTextAsync("Finished");
        await page.GetByRole(AriaRole.Link, new() { Name = "noise-on-a-small-tissue" }).ClickAsync();
        await Expect(page).ToHaveTitleAsync(new Regex("^noise-on-a-small-tissue"));
        NoComplaints();
    }

    [SkippableFact]
    public async Task Matrix_OfACampaign_HasTheMeansOfItsRuns()
    {
        StoredCampaign stored = await s_finished.Value;
        IPage page = await OpenAsync(stored, $"#/campaigns/{stored.Id}");
        foreach (string method in (string[])["spami", "random"])
        {
            ReportRow[] rows = [.. stored.Campaign.Rows.Where(r => r.Method == method && r.Perturbation == "noise")];
            string title = TableRecords.MethodOf(rows[0]).Title;
            double mean = rows.Average(r => EvaluationFigures.Of(stored.Records.FindResultAsync(r.Evaluation).Result!).Score("ari")!.Value);
            ILocator cell = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Regex.Escape(title)}, drawn, Gaussian noise") });
            await Expect(cell.Locator("b")).ToHaveTextAsync(mean.ToString("F3", CultureInfo.InvariantCulture).Replace('-', '−'));
            Rgb colour = SequentialColourMap.Colour(mean);
            string css = await cell.EvaluateAsync<string>("c => getComputedStyle(c).backgroundColor");
            int[] parts = [.. Regex.Matches(css, @"\d+").Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture))];

            // Halves are rounded in two ways.
            (int.Abs(parts[0] - colour.R) <= 1 && int.Abs(parts[1] - colour.G) <= 1 && int.Abs(parts[2] - colour.B) <= 1).ShouldBeTrue($"{css} is not {colour}");
        }

        await page.Locator(".controls select").Nth(0).SelectOptionAsync("moran");
        await Expect(page.Locator(".scale").First).ToContainTextAsync("Moran");
        await page.Locator(".controls select").Nth(1).SelectOptionAsync("seed");
        await Expect(page.Locator(".matrix thead th")).ToHaveTextAsync(["Method", "seed 0", "seed 1"]);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("seed 1: ") }).First.ClickAsync();
        await Expect(page.Locator(".runs tbody tr")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Seed", Exact = true }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=ascending]")).ToHaveCountAsync(1);
        await Expect(page.Locator("figure.chart canvas")).ToHaveCountAsync(1);
        NoComplaints();
    }

    [SkippableFact]
    public async Task Failure_OfARun_IsShownWithItsText()
    {
        StoredCampaign stored = await s_finished.Value;
        string failed = stored.Records.Store.ListAsync("campaigns/with").ToBlockingEnumerable().First().Name.Value.Split('/')[1];
        IPage page = await OpenAsync(stored, $"#/campaigns/{failed}");
        await Expect(page.Locator(".panel.trouble")).ToContainTextAsync(Beacons.Error);
        await page.Locator(".panel.trouble a").First.ClickAsync();
        await Expect(page.Locator("pre").First).ToContainTextAsync(Beacons.Error);
        NoComplaints();
    }

    [SkippableFact]
    public async Task Run_OfATraining_ShowsLossesAttentionAndAttempts()
    {
        StoredCampaign stored = await s_finished.Value;
        int index = stored.Campaign.Rows.ToList().FindIndex(r => r.Method == "spami");
        IPage page = await OpenAsync(stored, $"#/campaigns/{stored.Id}/runs/{index}");
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Losses over 12 epochs") })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("^Attention of rna") })).ToBeVisibleAsync();
        await Expect(page.Locator(".grain table").Filter(new() { HasText = Environment.MachineName }).First).ToBeVisibleAsync();
        await Expect(page.Locator(".options")).ToHaveCountAsync(2);
        ILocator key = page.Locator("figure.chart").First.GetByRole(AriaRole.Button, new() { Name = "total" });
        await key.ClickAsync();
        await Expect(key).ToHaveAttributeAsync("aria-pressed", "false");
        NoComplaints();
    }

    [SkippableFact]
    public async Task Campaign_WhileItRuns_ChangesWithoutBeingAsked()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        var engine = new FakeEngine();
        IPage page = await OpenAsync(stored, $"#/campaigns/{stored.Id}", engine);
        await Expect(page.Locator(".live")).ToHaveTextAsync("Live");
        await Expect(page.Locator(".progress").First).ToContainTextAsync("0 of");
        await stored.RunAsync();
        engine.Say(new ClusterEvent(ClusterEventKind.GrainEnded, stored.Id, "north-1") { Grain = stored.Campaign.Plan.Report.ToString(), Text = "done" });
        engine.Say(new ClusterEvent(ClusterEventKind.CampaignEnded, stored.Id, "north-1"));
        await Expect(page.Locator(".head .state")).ToHaveTextAsync("Finished");
        await Expect(page.Locator(".cell b").First).ToHaveTextAsync(new Regex(@"^.?\d\.\d{3}$"));
        NoComplaints();
    }

    [SkippableFact]
    public async Task Campaign_WithItsEventsCut_AsksFromTimeToTime()
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick);
        IPage page = await OpenAsync(stored, null);
        await page.RouteAsync("**/api/v1/events", route => route.AbortAsync());
        await page.GotoAsync($"{_host!.Address}/#/campaigns/{stored.Id}");
        await Expect(page.Locator(".live")).ToHaveTextAsync("Every 4 s", new() { Timeout = 30_000 });
        await stored.RunAsync();
        await Expect(page.Locator(".head .state")).ToHaveTextAsync("Finished", new() { Timeout = 30_000 });
    }

    [SkippableFact]
    public async Task Tissue_OfAHundredThousandSpots_IsDrawnInItsColours()
    {
        const int Side = 316;
        StoredCampaign stored = await StoredCampaign.LargeAsync(Side);
        IPage page = await OpenAsync(stored, $"#/campaigns/{stored.Id}/runs/0/tissue");
        ILocator canvas = page.Locator(".tissue canvas");
        await Expect(canvas).ToHaveAttributeAsync("data-layer", "domains", new() { Timeout = 30_000 });
        await Expect(canvas).ToHaveAttributeAsync("data-drawn", (Side * Side).ToString(CultureInfo.InvariantCulture));
        if (Environment.GetEnvironmentVariable("SPATIALCLUSTER_SHOTS") is not null)
            Console.WriteLine($"first picture after {await page.EvaluateAsync<double>("performance.getEntriesByName('first-picture')[0].startTime")} ms");

        // The colours of domains follow those of the truth, of which they are the other way round.
        for (int quarter = 0; quarter < 4; quarter++)
        {
            int[] pixel = await Pixel(canvas, quarter % 2 == 0 ? 0.25 : 0.75, quarter < 2 ? 0.25 : 0.75);
            Rgb expected = CategoricalPalette.Colour(quarter);
            pixel.ShouldBe([expected.R, expected.G, expected.B, 255], $"quarter {quarter}");
        }

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^domain 4") }).ClickAsync();
        await Expect(canvas).ToHaveAttributeAsync("data-drawn", (Side * Side * 3 / 4).ToString(CultureInfo.InvariantCulture));
        (await Pixel(canvas, 0.25, 0.25))[3].ShouldBe(0, "it was turned off");

        await page.GetByLabel("Attention").CheckAsync();
        await Expect(canvas).ToHaveAttributeAsync("data-layer", "attention rna");
        int[] left = await Pixel(canvas, 0.02, 0.5);
        Rgb violet = SequentialColourMap.Colour(0.02);
        int.Abs(left[0] - violet.R).ShouldBeLessThan(12);
        int.Abs(left[2] - violet.B).ShouldBeLessThan(12);

        await page.GetByLabel("By UMAP").CheckAsync();
        await page.GetByLabel("Truth").CheckAsync();
        await Expect(canvas).ToHaveAttributeAsync("data-layer", "truth");
        // Rows and columns are exchanged in that layout.
        await Expect(canvas).ToHaveAttributeAsync("data-drawn", (Side * Side).ToString(CultureInfo.InvariantCulture));
        int[] corner = await Pixel(canvas, 0.75, 0.25);
        Rgb third = CategoricalPalette.Colour(2);
        corner.ShouldBe([third.R, third.G, third.B, 255]);
        NoComplaints();
    }

    [SkippableFact]
    public async Task Tissue_UnderPointerAndKeys_TellsSpotsAndMoves()
    {
        StoredCampaign stored = await s_finished.Value;
        int index = stored.Campaign.Rows.ToList().FindIndex(r => r.Method == "spami");
        IPage page = await OpenAsync(stored, $"#/campaigns/{stored.Id}/runs/{index}/tissue");
        ILocator canvas = page.Locator(".tissue canvas");
        await Expect(canvas).ToHaveAttributeAsync("data-drawn", "144");
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 4, box.Y + (box.Height / 2) + 4);
        await Expect(page.Locator(".tip")).ToContainTextAsync("domain");
        await page.GetByLabel("Feature", new() { Exact = true }).CheckAsync();
        await Expect(canvas).ToHaveAttributeAsync("data-layer", new Regex("^feature "));
        await canvas.FocusAsync();
        for (int i = 0; i < 6; i++)
            await page.Keyboard.PressAsync("+");
        await Expect(canvas).Not.ToHaveAttributeAsync("data-drawn", "144");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("0");
        await Expect(canvas).ToHaveAttributeAsync("data-drawn", "144");
        NoComplaints();
    }

    [SkippableFact]
    public async Task Silos_AreShown_AndDrainedOnRequest()
    {
        StoredCampaign stored = await s_finished.Value;
        IPage page = await OpenAsync(stored, "#/silos", new FakeEngine());
        ILocator silo = page.Locator("[data-silo=north-1]");
        await Expect(silo).ToContainTextAsync("epoch 120 of 600");
        await Expect(silo).ToContainTextAsync("Idle");
        await silo.GetByRole(AriaRole.Button, new() { Name = "Drain" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Drain this silo" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        (await new SiloRegistry(stored.Records).IsAskedToDrainAsync("north-1")).ShouldBeTrue();
        NoComplaints();
    }

    [SkippableFact]
    public async Task Keyboard_Alone_ReachesEverything()
    {
        StoredCampaign stored = await s_finished.Value;
        IPage page = await OpenAsync(stored, $"#/campaigns/{stored.Id}/runs/0");
        await Expect(page.Locator(".neighbours")).ToContainTextAsync("1 of");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("]");
        await Expect(page.Locator(".neighbours")).ToContainTextAsync("2 of");
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("s");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Silos", Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab");
        string outline = await page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle");
        outline.ShouldBe("solid", "what has the focus shows it");
        NoComplaints();
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light, "rgb(244, 245, 247)", "rgb(16, 19, 24)")]
    [InlineData(ColorScheme.Dark, "rgb(16, 19, 24)", "rgb(244, 245, 247)")]
    public async Task Theme_FollowsTheSystem_UntilSwitched(ColorScheme scheme, string ground, string other)
    {
        IPage page = await OpenAsync(await s_finished.Value, "#/", scheme: scheme);
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", ground);
        await page.Keyboard.PressAsync("t");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", other);
        await page.ReloadAsync();
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", other);
        NoComplaints();
    }

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(360, ColorScheme.Light)]
    public async Task Pages_OfAnyWidth_FitAndAreAccessible(int width, ColorScheme scheme)
    {
        StoredCampaign stored = await s_finished.Value;
        int index = stored.Campaign.Rows.ToList().FindIndex(r => r.Method == "spami");
        string failed = stored.Records.Store.ListAsync("campaigns/with").ToBlockingEnumerable().First().Name.Value.Split('/')[1];
        IPage page = await OpenAsync(stored, null, new FakeEngine(), scheme, width);
        (string Name, string Path, string Shown)[] pages =
        [
            ("campaigns", "#/", "li.panel"),
            ("campaign", $"#/campaigns/{stored.Id}", ".runs tbody tr"),
            ("failed", $"#/campaigns/{failed}", ".panel.trouble"),
            ("run", $"#/campaigns/{stored.Id}/runs/{index}", "figure.chart canvas"),
            ("tissue", $"#/campaigns/{stored.Id}/runs/{index}/tissue", "canvas[data-drawn='144']"),
            ("silos", "#/silos", "[data-silo]"),
            ("nowhere", "#/campaigns/none", ".trouble"),
        ];
        foreach ((string name, string path, string shown) in pages)
        {
            await page.GotoAsync($"{_host!.Address}/{path}");
            await Expect(page.Locator(shown).First).ToBeVisibleAsync();
            if (Environment.GetEnvironmentVariable("SPATIALCLUSTER_SHOTS") is { } folder)
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, $"{name} scrolls sideways");
            if (fixture.Axe is null)
                continue;
            await page.EvaluateAsync(fixture.Axe);
            string found = await page.EvaluateAsync<string>(
                "async () => JSON.stringify((await axe.run()).violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).slice(0, 3).join(' | ')))");
            JsonSerializer.Deserialize<string[]>(found)!.ShouldBeEmpty($"{name} at {width}, {scheme}");
        }

        Skip.If(fixture.Axe is null, "axe-core was not fetched; run eng/web.sh");
    }

    private static async Task<StoredCampaign> FinishedAsync()
    {
        StoredCampaign stored = await (await StoredCampaign.SubmitAsync(StoredCampaign.Whole)).RunAsync();
        await Beacons.FailedAsync(stored.Records);
        ReportRow row = stored.Campaign.Rows[0];
        await new SiloRegistry(stored.Records).SayAsync(Beacons.Of("north-1", stored.Campaign.Plan.Grains.First(g => g.Key == row.Run), stored.Id) with { Said = DateTimeOffset.UtcNow.AddSeconds(-1) });
        return stored;
    }

    private static async Task<int[]> Pixel(ILocator canvas, double x, double y)
    {
        // Shares of the drawn square, which lies in the middle of the canvas.
        string script = string.Create(CultureInfo.InvariantCulture, $$"""
            c => { const side = Math.min(c.width, c.height) * 316 / 319; const x = Math.round(c.width / 2 + ({{x}} - 0.5) * side), y = Math.round(c.height / 2 + ({{y}} - 0.5) * side);
                   return [...c.getContext('2d').getImageData(x, y, 1, 1).data]; }
            """);
        return await canvas.EvaluateAsync<int[]>(script);
    }

    private async Task<IPage> OpenAsync(StoredCampaign stored, string? path, ISiloEngine? engine = null, ColorScheme scheme = ColorScheme.Light, int width = 1280)
    {
        Skip.If(fixture.Browser is null, fixture.Missing ?? "no browser");
        if (stored.Records.Store.FindAsync(StoreLayout.SiloBeacon("north-1")).Result is not null)
        {
            // A beacon is live for half a minute, and the tests before may have taken longer.
            var registry = new SiloRegistry(stored.Records);
            SiloBeacon beacon = (await registry.ListAsync()).First(s => s.Id == "north-1");
            await registry.SayAsync(beacon with { Said = DateTimeOffset.UtcNow });
        }

        _host = await DashboardHost.StartAsync(stored.Source(engine), browser: true);
        _context = await fixture.Browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = width < 500 ? 740 : 900 }, ColorScheme = scheme });
        IPage page = await _context.NewPageAsync();
        page.Console += (_, message) =>
        {
            // What is asked for in vain on purpose, and advice on how this test reads pixels.
            if (message.Type is "error" or "warning" && !message.Text.Contains("404", StringComparison.Ordinal) && !message.Text.Contains("willReadFrequently", StringComparison.Ordinal))
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        if (path is not null)
            await page.GotoAsync($"{_host.Address}/{path}");
        return page;
    }

    // Whatever the content security policy forbids, or a script stumbles over.
    private void NoComplaints() => _complaints.ShouldBeEmpty();
}
