using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using static Microsoft.Playwright.Assertions;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>The dashboard of real silos, and of none, in a browser.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterDashboardTests(ClusterServers servers)
{
    private const string Token = "a-token-of-the-tests-0123456789";
    private const string Chromium = "/usr/bin/chromium";

    private static readonly (string Method, string Path)[] s_protected =
    [
        ("GET", "campaigns"), ("POST", "campaigns"), ("GET", "campaigns/x"), ("GET", "campaigns/x/runs"), ("GET", "campaigns/x/summary"), ("GET", "campaigns/x/grains"),
        ("GET", "campaigns/x/errors"), ("POST", "campaigns/x/cancel"), ("GET", "campaigns/x/runs/0"), ("GET", "runs/x/losses"), ("GET", "runs/x/attention"), ("GET", "runs/x/weights"),
        ("GET", "slices/x"), ("GET", "slices/x/coordinates"), ("GET", "slices/x/truth"), ("GET", "slices/x/features"), ("GET", "slices/x/values"), ("GET", "evaluations/x/domains"),
        ("GET", "evaluations/x/umap"), ("GET", "silos"), ("POST", "silos/x/drain"), ("GET", "events"), ("GET", "nothing"), ("PUT", "campaigns"), ("DELETE", "silos"), ("GET", "../v1/silos"),
    ];

    [SkippableFact]
    public async Task Api_WithoutTheToken_IsShut()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        SiloProcess silo = place.StartSilo("shut", [("SPATIALCLUSTER_API_TOKEN", Token)]);
        using var http = new HttpClient { BaseAddress = new Uri(silo.Url) };
        foreach ((string method, string path) in s_protected)
        {
            using HttpResponseMessage refused = await SendAsync(http, method, $"api/v1/{path}", token: null);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
            using HttpResponseMessage wrong = await SendAsync(http, method, $"API/V1/{path}", token: null);
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path} in capitals");
        }

        using HttpResponseMessage silos = await SendAsync(http, "GET", "api/v1/silos", Token);
        silos.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (string open in (string[])["", "healthz", "readyz", "metrics"])
        {
            using HttpResponseMessage answer = await http.GetAsync(open);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, open);
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldNotContain("unsafe");
        }

        silo.Log.ShouldNotContain(Token);
    }

    [SkippableFact]
    public async Task Page_OfASilo_SignsInFollowsACampaignAndDrains()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Steady);
        SiloProcess one = place.StartSilo("one", [("SPATIALCLUSTER_API_TOKEN", Token)]), two = place.StartSilo("two");
        await using OpenPage opened = await OpenPage.StartAsync(one.Url);
        IPage page = opened.Page;
        await page.GetByLabel("API token").FillAsync("wrong-token-wrong-token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await page.GetByLabel("API token").FillAsync(Token);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator(".live")).ToHaveTextAsync("Live", Patiently);
        using (CliProcess following = place.Submit())
        {
            // Nobody reloads the page: it hears of the campaign, of its grains, and of its end.
            await page.GetByRole(AriaRole.Link, new() { Name = place.Name }).ClickAsync(new() { Timeout = 60_000 });
            await Expect(page.Locator(".head .state")).ToHaveTextAsync("Running", Patiently);
            await Expect(page.Locator(".progress").First).ToContainTextAsync(new Regex(@"[1-9]\d* of"), new() { Timeout = 60_000 });
            await Expect(page.Locator(".head .state")).ToHaveTextAsync("Finished", new() { Timeout = 240_000 });
            await Expect(page.Locator(".live")).ToHaveTextAsync("Live");
            await Expect(page.Locator(".cell b").First).ToHaveTextAsync(new Regex(@"^.?\d\.\d{3}$"), Patiently);
            following.Finish().ShouldSucceed();
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Silos" }).ClickAsync();
        ILocator other = page.Locator($"[data-silo={two.Name}]");
        await other.GetByRole(AriaRole.Button, new() { Name = "Drain" }).ClickAsync(new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Drain this silo" }).ClickAsync();
        await Expect(other.Locator(".state")).ToHaveTextAsync("Drained", new() { Timeout = 60_000 });
        two.WaitForLine("Not ready");
        opened.ShouldHaveNoComplaints();
    }

    [SkippableFact]
    public async Task Page_OfAStoreAlone_ShowsItsCampaignAndChangesNothing()
    {
        using ClusterPlace place = servers.PlaceWithBlobs(CampaignWorkplace.Tiny);
        SiloProcess silo = place.StartSilo("gone");
        using (CliProcess following = place.Submit())
            following.Finish().ShouldSucceed();
        silo.Signal("TERM");
        silo.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
        using SiloProcess dashboard = SiloProcess.Start(place.Folder, [], "dashboard", "--store", place.Store, "--http", "127.0.0.1:0");
        dashboard.WaitForLine("http://127.0.0.1:");
        await using OpenPage opened = await OpenPage.StartAsync(dashboard.Url);
        IPage page = opened.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = place.Name }).ClickAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator(".head .state")).ToHaveTextAsync("Finished", Patiently);
        await Expect(page.Locator(".cell b").First).ToHaveTextAsync(new Regex(@"^.?\d\.\d{3}$"), Patiently);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Silos" }).ClickAsync();
        await Expect(page.Locator($"[data-silo={silo.Name}] .state")).ToHaveTextAsync("Left", Patiently);
        using var http = new HttpClient { BaseAddress = new Uri(dashboard.Url) };
        (_, var campaigns) = place.Open();
        foreach (string change in (string[])[$"silos/{silo.Name}/drain", $"campaigns/{(await campaigns.ListAsync()).ShouldHaveSingleItem()}/cancel"])
        {
            using HttpResponseMessage refused = await SendAsync(http, "POST", $"api/v1/{change}", token: null);
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, change);
        }

        opened.ShouldHaveNoComplaints();
        dashboard.Signal("TERM");
        dashboard.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
    }

    private static LocatorAssertionsToHaveTextOptions Patiently => new() { Timeout = 60_000 };

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path, string? token)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A page in Chromium, and what the browser complained of.</summary>
    private sealed class OpenPage : IAsyncDisposable
    {
        private readonly IPlaywright _playwright;
        private readonly IBrowser _browser;
        private readonly List<string> _complaints = [];

        private OpenPage(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

        public IPage Page { get; }

        public static async Task<OpenPage> StartAsync(string url)
        {
            Skip.IfNot(File.Exists(Chromium), $"{Chromium} is not installed");
            Skip.IfNot(File.Exists(Path.Combine(AppContext.BaseDirectory, "web", "index.html")), "the dashboard's pages were not built; run eng/web.sh and build again");
            IPlaywright playwright = await Playwright.CreateAsync();
            IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Headless = true, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
            var opened = new OpenPage(playwright, browser, await browser.NewPageAsync());
            opened.Page.Console += (_, message) =>
            {
                // Before one has signed in, and with a wrong token, 401 is the answer.
                if (message.Type is "error" or "warning" && !message.Text.Contains("401", StringComparison.Ordinal))
                    opened._complaints.Add(message.Text);
            };
            opened.Page.PageError += (_, error) => opened._complaints.Add(error);
            await opened.Page.GotoAsync(url);
            return opened;
        }

        public void ShouldHaveNoComplaints() => _complaints.ShouldBeEmpty();

        public async ValueTask DisposeAsync()
        {
            await _browser.DisposeAsync();
            _playwright.Dispose();
        }
    }
}
