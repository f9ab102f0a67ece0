using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging.Abstractions;
using SpatialCluster.Silo.Hosting;

namespace SpatialCluster.Silo.Tests.Hosting;

/// <summary>A web host on a free port of the loopback address, with a client.</summary>
internal sealed class WebHostRun : IAsyncDisposable
{
    public const string Token = "canary-token-0123456789abcdef";

    private readonly SiloWebHost _host;

    private WebHostRun(SiloWebHost host, HttpClient client) => (_host, Client) = (host, client);

    public HttpClient Client { get; }

    public string Url => _host.Urls[0];

    public static async Task<WebHostRun> StartAsync(
        string? token = null,
        Func<SiloWebOptions, SiloWebOptions>? change = null,
        Func<string?>? trouble = null,
        Func<string?>? ailing = null,
        Func<string, CancellationToken, Task<SubmittedCampaign>>? submit = null,
        Action<IEndpointRouteBuilder>? routes = null)
    {
        var options = new SiloWebOptions { Addresses = HttpAddress.ParseAll("127.0.0.1:0", "--http"), Token = token is null ? null : ApiToken.Of(token, "The token") };
        var parts = new SiloWebParts
        {
            Ailing = _ => Task.FromResult(ailing?.Invoke()),
            Trouble = _ => Task.FromResult(trouble?.Invoke()),
            Metrics = () => "# metrics\n",
            Submit = submit,
            Routes = routes,
        };
        SiloWebHost host = await SiloWebHost.StartAsync(change?.Invoke(options) ?? options, parts, NullLoggerFactory.Instance, CancellationToken.None);
        var handler = new SocketsHttpHandler { UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=silo.example";
        return new WebHostRun(host, new HttpClient(handler) { BaseAddress = new Uri(host.Urls[0]) });
    }

    public async Task<(int Status, string Body, HttpResponseMessage Response)> SendAsync(string method, string path, string? body = null, string type = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        HttpResponseMessage response = await Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
    }
}
