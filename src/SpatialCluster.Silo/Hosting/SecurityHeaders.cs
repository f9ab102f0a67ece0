using Microsoft.AspNetCore.Http;
using SpatialCluster.Silo.Dashboard.Pages;

namespace SpatialCluster.Silo.Hosting;

/// <summary>What every answer tells browsers: nothing from elsewhere, in no other page's frame, no guessing of types.</summary>
internal static class SecurityHeaders
{
    public static void Put(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = WebPages.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
