using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SpatialCluster.Silo.Dashboard;
using SpatialCluster.Silo.Dashboard.Live;

namespace SpatialCluster.Silo.Tests.Dashboard;

/// <summary>The dashboard in a server of its own: in memory, or on a free port for a browser.</summary>
public sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LiveFeed _feed;

    private DashboardHost(WebApplication app, LiveFeed feed) => (_app, _feed) = (app, feed);

    public static string Pages { get; } = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Where a browser finds it.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>How often the store was looked at for viewers.</summary>
    public long Looks => _feed.Looks;

    public static async Task<DashboardHost> StartAsync(DashboardSource source, bool browser = false, string? pages = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (browser)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseTestServer();
        WebApplication app = builder.Build();
        var pace = new DashboardPace { Tell = TimeSpan.FromMilliseconds(50), Look = TimeSpan.FromMilliseconds(200), LookBesidesEvents = TimeSpan.FromMinutes(10), Heartbeat = TimeSpan.FromMilliseconds(400) };
        LiveFeed feed = DashboardEndpoints.Map(app, source, pace, pages ?? Pages).Feed;
        await app.StartAsync();
        return new DashboardHost(app, feed);
    }

    public HttpClient Client() => _app.GetTestClient();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
