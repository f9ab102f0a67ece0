using System.Net;
using Microsoft.AspNetCore.Http;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Whether a request comes from where it may: what a browser says of the page that makes it, and the name it was sent to.</summary>
internal static class RequestOrigin
{
    /// <summary>Why a request that changes something is refused; null where it is not.</summary>
    public static string? Refuse(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return null;
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0 && site is not ("same-origin" or "none"))
            return "This request comes from another site's page, which may not change anything here; open this server's own page.";
        // A proxy that ends TLS changes the scheme, never the name.
        string origin = request.Headers.Origin.ToString();
        bool own = origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
        return own ? null : "This request comes from another site's page, which may not change anything here; open this server's own page.";
    }

    /// <summary>
    /// Whether the name that a request was sent to is one of this machine's own. Another site's name that resolves to a loopback address
    /// (DNS rebinding) would make that site's pages this server's own in a browser's eyes.
    /// </summary>
    public static bool IsOwnName(HostString host, IReadOnlyCollection<string> names)
    {
        string name = host.Host.Trim('[', ']');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out IPAddress? address) && IPAddress.IsLoopback(address))
            || names.Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
