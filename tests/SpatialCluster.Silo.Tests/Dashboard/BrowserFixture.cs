using Microsoft.Playwright;

namespace SpatialCluster.Silo.Tests.Dashboard;

/// <summary>One browser for all tests of pages.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private IPlaywright? _playwright;

    public IBrowser? Browser { get; private set; }

    /// <summary>Why there is no browser, or no pages.</summary>
    public string? Missing { get; private set; }

    /// <summary>The checks of accessibility; null where they were not fetched.</summary>
    public string? Axe { get; private set; }

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium))
        {
            Missing = $"{Chromium} is not installed";
            return;
        }

        if (!File.Exists(Path.Combine(DashboardHost.Pages, "index.html")))
        {
            Missing = "the dashboard's pages were not built; run eng/web.sh and build again";
            return;
        }

        string? folder = AppContext.BaseDirectory;
        const string Package = "src/SpatialCluster.Silo/Web/node_modules/axe-core/axe.min.js";
        while (folder is not null && !File.Exists(Path.Combine(folder, Package)))
            folder = Path.GetDirectoryName(folder);
        Axe = folder is null ? null : await File.ReadAllTextAsync(Path.Combine(folder, Package));
        _playwright = await Playwright.CreateAsync();
        // Two cores are shared with the other tests, and a first picture of a large tissue is drawn meanwhile.
        Assertions.SetDefaultExpectTimeout(30_000);
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
