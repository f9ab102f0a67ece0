using Microsoft.AspNetCore.Http;

namespace SpatialCluster.Silo.Hosting;

/// <summary>
/// Lets requests with the token through, and those that need none: endpoints that say so, and the files of the dashboard, which are the
/// same for everybody. Everything below <c>/api</c>, and whatever changes something, is behind it.
/// </summary>
/// <param name="token">The token; null where none is needed.</param>
/// <param name="clock">The time.</param>
internal sealed class TokenGate(ApiToken? token, TimeProvider clock)
{
    /// <summary>The cookie of a browser that has shown the token.</summary>
    public const string Cookie = "spatialcluster-session";

    private const string Scheme = "Bearer ";

    private readonly FailedTokens _failed = new(clock);

    /// <summary>How long a cookie is good for.</summary>
    public static TimeSpan Session { get; } = TimeSpan.FromHours(12);

    /// <summary>Whether a token is asked for at all.</summary>
    public bool IsShut => token is not null;

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (token is null || IsOpen(context) || HasCookie(context.Request))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        string authorization = context.Request.Headers.Authorization.ToString();
        string? given = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;
        if (given is null)
            await RefuseAsync(context).ConfigureAwait(false);
        else if (await ShowAsync(context, given).ConfigureAwait(false))
            await next(context).ConfigureAwait(false);
    }

    /// <summary>Looks at a token; answers where it is not the right one.</summary>
    /// <returns>Whether it is.</returns>
    public async Task<bool> ShowAsync(HttpContext context, string given)
    {
        // Before it is looked at: else guessing would go on at full speed, and only the wrong guesses be slowed.
        if (_failed.IsShutOut(context.Connection.RemoteIpAddress))
        {
            context.Response.Headers.RetryAfter = ((int)FailedTokens.Window.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await JsonAnswers.ErrorAsync(context, StatusCodes.Status429TooManyRequests, "Too many wrong tokens came from this address; wait a minute.").ConfigureAwait(false);
            return false;
        }

        if (token is null || token.Matches(given))
            return true;
        _failed.Add(context.Connection.RemoteIpAddress);
        await RefuseAsync(context).ConfigureAwait(false);
        return false;
    }

    /// <summary>Whether a browser has shown the token before.</summary>
    public bool HasCookie(HttpRequest request) => token is not null && request.Cookies.TryGetValue(Cookie, out string? pass) && token.Admits(pass, clock.GetUtcNow());

    /// <summary>Gives a browser a cookie that stands for the token.</summary>
    public void GiveCookie(HttpContext context)
    {
        if (token is null)
            return;
        DateTimeOffset end = clock.GetUtcNow() + Session;
        context.Response.Cookies.Append(Cookie, token.Pass(end), Attributes(context, Session));
    }

    /// <summary>Takes the cookie back.</summary>
    public static void TakeCookie(HttpContext context) => context.Response.Cookies.Delete(Cookie, Attributes(context, null));

    private static CookieOptions Attributes(HttpContext context, TimeSpan? age) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/", MaxAge = age, IsEssential = true };

    private static bool IsOpen(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null)
            return true;
        bool reads = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        PathString path = context.Request.Path;
        return reads && !path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && !path.StartsWithSegments(HealthEndpoints.Metrics, StringComparison.OrdinalIgnoreCase);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return JsonAnswers.ErrorAsync(
            context, StatusCodes.Status401Unauthorized, "This needs the token that the server was started with: send 'Authorization: Bearer TOKEN', or sign in on its page.");
    }
}
