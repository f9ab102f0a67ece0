using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpatialCluster.Silo.Dashboard.Api;

namespace SpatialCluster.Silo.Dashboard.Pages;

/// <summary>The pages, as they were built; they are read once and lie in memory.</summary>
internal static class WebPages
{
    /// <summary>Nothing comes from elsewhere, and nothing runs but what lies beside the program.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string NotBuilt = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>SpatialCluster</title></head>
        <body><main><h1>The dashboard’s pages were not built</h1>
        <p>The program was built without them; its API at <a href="api/v1/campaigns">api/v1/campaigns</a> works all the same.</p>
        <p>To have them, install npm, run <code>eng/web.sh</code> in the repository, and build the program again.</p></main></body></html>

        """;

    public static void Map(IEndpointRouteBuilder routes, string folder)
    {
        string index = Path.Combine(folder, "index.html");
        if (!File.Exists(index))
        {
            Serve(routes, "/", new Reply(System.Text.Encoding.UTF8.GetBytes(NotBuilt), "text/html; charset=utf-8"));
            return;
        }

        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (TypeOf(name) is not { } type)
                continue;
            // Names of what lies in assets/ have the digest of their content in them.
            var page = new Reply(File.ReadAllBytes(path), type) { Immutable = name.StartsWith("assets/", StringComparison.Ordinal) };
            Serve(routes, "/" + name, page);
            if (name == "index.html")
                Serve(routes, "/", page);
        }
    }

    private static void Serve(IEndpointRouteBuilder routes, string pattern, Reply page) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return page;
        });

    private static string? TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".md" or ".txt" => "text/plain; charset=utf-8",
        _ => null,
    };
}
