using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Silo.Hosting;

namespace SpatialCluster.Silo.Tests.Hosting;

public sealed class SiloWebHostTests
{
    private const string Bearer = $"Bearer {WebHostRun.Token}";

    [Fact]
    public async Task Answers_OfAnyKind_HaveSecurityHeadersAndNoServer()
    {
        await using WebHostRun run = await WebHostRun.StartAsync();
        foreach ((string path, int status) in new[] { ("/healthz", 200), ("/nowhere", 404), ("/metrics", 200) })
        {
            (int code, string _, HttpResponseMessage response) = await run.SendAsync("GET", path);
            code.ShouldBe(status, path);
            response.Headers.Contains("Server").ShouldBeFalse();
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("script-src 'self';");
            policy.ShouldContain("frame-ancestors 'none'");
        }
    }

    [Fact]
    public async Task Errors_OfEndpoints_AreSentencesInJsonWithoutInsides()
    {
        await using WebHostRun run = await WebHostRun.StartAsync(routes: routes =>
        {
            routes.MapGet("/api/v1/bad", _ => throw new BadInputException("The level is too high; lower it."));
            routes.MapGet("/api/v1/away", _ => throw new SpatialClusterException(FailureKind.Transient, "The store at https://user:canary-secret@store.example does not answer; wait."));
            routes.MapGet("/api/v1/defect", _ => throw new InvalidOperationException("insides"));
        });
        (await run.SendAsync("GET", "/api/v1/bad")).Body.ShouldBe("{\"error\":\"The level is too high; lower it.\"}");
        (await run.SendAsync("GET", "/api/v1/bad")).Status.ShouldBe(400);
        (int status, string body, _) = await run.SendAsync("GET", "/api/v1/away");
        status.ShouldBe(503);
        body.ShouldContain("store.example");
        body.ShouldNotContain("canary-secret");
        (status, body, HttpResponseMessage response) = await run.SendAsync("GET", "/api/v1/defect");
        status.ShouldBe(500);
        body.ShouldNotContain("insides");
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
        (status, body, _) = await run.SendAsync("POST", "/healthz");
        status.ShouldBe(405);
        body.ShouldStartWith("{\"error\":");
    }

    [Fact]
    public async Task Health_AndReadiness_TellTheirSentence()
    {
        string? trouble = "The broker does not answer.";
        string? ailing = null;
        await using WebHostRun run = await WebHostRun.StartAsync(trouble: () => trouble, ailing: () => ailing);
        (int status, string body, _) = await run.SendAsync("GET", "/readyz");
        status.ShouldBe(503);
        body.ShouldBe("{\"error\":\"The broker does not answer.\"}");
        (await run.SendAsync("GET", "/healthz")).Status.ShouldBe(200);
        trouble = null;
        ailing = "The thread of cpu:0 does not answer.";
        (await run.SendAsync("GET", "/readyz")).Status.ShouldBe(200);
        (await run.SendAsync("GET", "/healthz")).Status.ShouldBe(503);
    }

    [Fact]
    public async Task Token_WhereThereIsOne_ShutsTheInterfaceButNotHealthAndFiles()
    {
        await using WebHostRun run = await WebHostRun.StartAsync(WebHostRun.Token, routes: Routes);
        foreach (string open in new[] { "/healthz", "/readyz", "/metrics", "/page", "/api/v1/session" })
            (await run.SendAsync("GET", open)).Status.ShouldBe(200, open);
        foreach ((string method, string path) in new[] { ("GET", "/api/v1/things"), ("GET", "/API/v1/things"), ("GET", "/api/v1/nothing"), ("POST", "/api/v1/things"), ("POST", "/page"), ("DELETE", "/nowhere") })
        {
            (int status, string body, HttpResponseMessage response) = await run.SendAsync(method, path);
            status.ShouldBe(401, $"{method} {path}");
            body.ShouldStartWith("{\"error\":");
            response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        }

        foreach (string wrong in new[] { "Bearer canary-token-0123456789abcdeF", "Basic " + WebHostRun.Token, "Bearer", "Bearer " })
            (await run.SendAsync("GET", "/api/v1/things", headers: ("Authorization", wrong))).Status.ShouldBe(401, wrong);
        (await run.SendAsync("GET", "/api/v1/things", headers: ("Authorization", Bearer))).Status.ShouldBe(200);
        (await run.SendAsync("POST", "/api/v1/things", headers: ("Authorization", Bearer))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Metrics_Closed_AskForTheToken()
    {
        await using WebHostRun run = await WebHostRun.StartAsync(WebHostRun.Token, options => options with { OpenMetrics = false });
        (await run.SendAsync("GET", "/metrics")).Status.ShouldBe(401);
        (await run.SendAsync("GET", "/METRICS")).Status.ShouldBe(401);
        (await run.SendAsync("GET", "/metrics", headers: ("Authorization", Bearer))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Session_WithTheToken_GivesACookieThatOpensAndHidesIt()
    {
        await using WebHostRun run = await WebHostRun.StartAsync(WebHostRun.Token, routes: Routes);
        (await run.SendAsync("POST", "/api/v1/session", "{\"token\":\"wrong\"}")).Status.ShouldBe(401);
        foreach (string nonsense in new[] { "{", "[]", "{\"token\":1}", "{}", new string('[', 100) })
            (await run.SendAsync("POST", "/api/v1/session", nonsense)).Status.ShouldBe(400, nonsense);
        (await run.SendAsync("POST", "/api/v1/session", $"{{\"token\":\"{WebHostRun.Token}\"}}", "text/plain")).Status.ShouldBe(400);
        (int status, string _, HttpResponseMessage response) = await run.SendAsync("POST", "/api/v1/session", $"{{\"token\":\"{WebHostRun.Token}\"}}");
        status.ShouldBe(204);
        string cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldNotContain(WebHostRun.Token);
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        string pass = cookie.Split(';')[0];
        (await run.SendAsync("GET", "/api/v1/things", headers: ("Cookie", pass))).Status.ShouldBe(200);
        (await run.SendAsync("GET", "/api/v1/session", headers: ("Cookie", pass))).Body.ShouldBe("{\"needed\":true,\"signed_in\":true}");
        (await run.SendAsync("GET", "/api/v1/things", headers: ("Cookie", pass + "0"))).Status.ShouldBe(401);
        (await run.SendAsync("GET", "/api/v1/things", headers: ("Cookie", pass.Replace("=", "=9", StringComparison.Ordinal)))).Status.ShouldBe(401);
        (await run.SendAsync("DELETE", "/api/v1/session")).Response.Headers.GetValues("Set-Cookie").Single().ShouldContain("1970");
    }

    [Fact]
    public void Pass_AfterItsEnd_AdmitsNobody()
    {
        var token = ApiToken.Of(WebHostRun.Token, "The token");
        string pass = token.Pass(DateTimeOffset.UnixEpoch.AddHours(1));
        token.Admits(pass, DateTimeOffset.UnixEpoch).ShouldBeTrue();
        token.Admits(pass, DateTimeOffset.UnixEpoch.AddHours(1)).ShouldBeFalse();
        ApiToken.Of("another-token-0123456789", "The token").Admits(pass, DateTimeOffset.UnixEpoch).ShouldBeFalse();
        token.Admits("", DateTimeOffset.UnixEpoch).ShouldBeFalse();
        token.Admits(".", DateTimeOffset.UnixEpoch).ShouldBeFalse();
    }

    [Fact]
    public async Task WrongTokens_TooMany_ShutTheirSourceOutForAWhile()
    {
        await using WebHostRun run = await WebHostRun.StartAsync(WebHostRun.Token, routes: Routes);
        for (int i = 0; i < FailedTokens.Most; i++)
            (await run.SendAsync("GET", "/api/v1/things", headers: ("Authorization", $"Bearer guess-{i}"))).Status.ShouldBe(401);
        (int status, string body, HttpResponseMessage response) = await run.SendAsync("GET", "/api/v1/things", headers: ("Authorization", Bearer));
        status.ShouldBe(429, "else a right guess would still be told");
        response.Headers.RetryAfter!.Delta.ShouldBe(FailedTokens.Window);
        body.ShouldStartWith("{\"error\":");
        (await run.SendAsync("GET", "/healthz")).Status.ShouldBe(200);
    }

    [Fact]
    public void FailedTokens_AfterTheWindow_AreForgottenAndOthersWereNeverConcerned()
    {
        var clock = new SettableClock();
        var failed = new FailedTokens(clock);
        var guesser = System.Net.IPAddress.Parse("2001:db8::1");
        for (int i = 0; i < FailedTokens.Most; i++)
            failed.Add(guesser);
        failed.IsShutOut(guesser).ShouldBeTrue();
        failed.IsShutOut(System.Net.IPAddress.Parse("2001:db8::ffff")).ShouldBeTrue("it is the same household's");
        failed.IsShutOut(System.Net.IPAddress.Parse("192.0.2.1")).ShouldBeFalse();
        clock.Now += FailedTokens.Window;
        failed.IsShutOut(guesser).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "own", 200)]
    public async Task Changes_FromOtherSites_AreRefusedEvenWithACookie(string header, string value, int expected)
    {
        await using WebHostRun run = await WebHostRun.StartAsync(routes: Routes);
        (string, string) sent = (header, value == "own" ? run.Url.TrimEnd('/') : value);
        (await run.SendAsync("POST", "/api/v1/things", headers: sent)).Status.ShouldBe(expected);
        (await run.SendAsync("GET", "/api/v1/things", headers: sent)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("localhost:1", 200)]
    [InlineData("[::1]:8787", 200)]
    [InlineData("proxy.example", 200)]
    public async Task Host_OnLoopback_MustBeAKnownName(string host, int expected)
    {
        await using WebHostRun run = await WebHostRun.StartAsync(change: options => options with { Names = ["proxy.example"] }, routes: Routes);
        (await run.SendAsync("GET", "/api/v1/things", headers: ("Host", host))).Status.ShouldBe(expected);
    }

    [Theory]
    [InlineData("*:0")]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    [InlineData("127.0.0.1:0,*:0")]
    public async Task Start_ReachableWithoutAToken_IsRefused(string addresses)
    {
        var error = await Should.ThrowAsync<BadInputException>(() => WebHostRun.StartAsync(change: options => options with { Addresses = HttpAddress.ParseAll(addresses, "--http") }));
        error.Message.ShouldContain("there is no token");
        error.Message.ShouldContain("SPATIALCLUSTER_API_TOKEN");
    }

    [Fact]
    public async Task Start_PortTaken_IsRefusedWithTheWayOut()
    {
        await using WebHostRun first = await WebHostRun.StartAsync();
        string taken = new Uri(first.Url).Authority;
        var error = await Should.ThrowAsync<BadInputException>(() => WebHostRun.StartAsync(change: options => options with { Addresses = HttpAddress.ParseAll(taken, "--http") }));
        error.Message.ShouldContain(taken);
        error.Message.ShouldContain("--http");
    }

    [Theory]
    [InlineData("8787")]
    [InlineData(":8787")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("::1:80")]
    [InlineData("silo.example:80")]
    [InlineData("")]
    public void Address_OfNoKind_IsRefused(string text) =>
        Should.Throw<BadInputException>(() => HttpAddress.ParseAll(text, "--http")).Message.ShouldContain("--http is '");

    [Fact]
    public async Task Certificate_OfAFile_IsShownAndTheCookieIsForTlsAlone()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "silo.pem");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            using X509Certificate2 own = new CertificateRequest("CN=silo.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(file, own.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        }

        await using WebHostRun run = await WebHostRun.StartAsync(WebHostRun.Token, options => options with { CertificateFile = file });
        run.Url.ShouldStartWith("https://");
        (int status, string _, HttpResponseMessage response) = await run.SendAsync("POST", "/api/v1/session", $"{{\"token\":\"{WebHostRun.Token}\"}}");
        status.ShouldBe(204);
        response.Headers.GetValues("Set-Cookie").Single().ShouldContain("secure", Case.Insensitive);
    }

    [Fact]
    public async Task Certificate_ThatIsNone_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "silo.pem");
        (await Should.ThrowAsync<BadInputException>(() => WebHostRun.StartAsync(change: options => options with { CertificateFile = file }))).Message.ShouldContain("cannot be read");
        File.WriteAllText(file, "canary-secret");
        string message = (await Should.ThrowAsync<BadInputException>(() => WebHostRun.StartAsync(change: options => options with { CertificateFile = file }))).Message;
        message.ShouldContain("holds no certificate");
        message.ShouldNotContain("canary-secret");
    }

    [Fact]
    public async Task Campaigns_Posted_GoToTheDelegateWithinBounds()
    {
        string? taken = null;
        await using WebHostRun run = await WebHostRun.StartAsync(submit: (text, _) =>
        {
            taken = text;
            return Task.FromResult(new SubmittedCampaign("small-0123456789", "small", 12, ["A note."]));
        });
        (int status, string body, HttpResponseMessage response) = await run.SendAsync("POST", "/api/v1/campaigns", "name: small", "application/yaml");
        status.ShouldBe(202);
        body.ShouldBe("{\"id\":\"small-0123456789\",\"name\":\"small\",\"grains\":12,\"notes\":[\"A note.\"]}");
        response.Headers.Location!.ToString().ShouldBe("/api/v1/campaigns/small-0123456789");
        taken.ShouldBe("name: small");
        (await run.SendAsync("POST", "/api/v1/campaigns", "name: small", "text/plain")).Status.ShouldBe(415);
        (status, body, _) = await run.SendAsync("POST", "/api/v1/campaigns", new string('#', (int)SiloWebOptions.MostBodyBytes + 1), "application/yaml");
        status.ShouldBe(413);
        body.ShouldContain("1 MiB");
    }

    [Fact]
    public async Task Headers_TooLarge_AreRefused()
    {
        await using WebHostRun run = await WebHostRun.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", new Uri(run.Url).Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Much: {new string('x', 20_000)}\r\n\r\n"));
        using var reader = new StreamReader(socket.GetStream());
        (await reader.ReadLineAsync())!.ShouldContain("431");
    }

    [Theory]
    [InlineData("short")]
    [InlineData("with spaces within it 0123")]
    [InlineData("")]
    public void Token_UnfitForOne_IsRefusedWithoutBeingTold(string token)
    {
        string message = Should.Throw<BadInputException>(() => ApiToken.Of(token, "The token in a file")).Message;
        message.ShouldContain("openssl rand");
        if (token.Length > 0)
            message.ShouldNotContain(token);
    }

    [Fact]
    public void Token_OfAFile_IsItsFirstLine()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "token");
        File.WriteAllText(file, $"{WebHostRun.Token}\nmore\n");
        ApiToken.Find(file, "other-token-0123456789")!.Matches(WebHostRun.Token).ShouldBeTrue();
        ApiToken.Find(null, WebHostRun.Token)!.ToString().ShouldBe("***");
        ApiToken.Find(null, "").ShouldBeNull();
        Should.Throw<BadInputException>(() => ApiToken.Find(file + "x", null)).Message.ShouldContain("cannot be read");
    }

    private static void Routes(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/v1/things", ["GET", "POST"], context => context.Response.WriteAsync("things"));
        routes.MapGet("/page", context => context.Response.WriteAsync("page"));
    }
}
