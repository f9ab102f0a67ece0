using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Answers in JSON.</summary>
public static class JsonAnswers
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Default,
    };

    /// <summary>Answers with an error.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="sentence">What is wrong, and the way out.</param>
    /// <returns>When it is answered.</returns>
    public static Task ErrorAsync(HttpContext context, int status, string sentence) => WriteAsync(context, status, new { error = sentence });

    /// <summary>Answers with a value, its names in snake_case.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="value">The value.</param>
    /// <returns>When it is answered.</returns>
    public static Task WriteAsync<T>(HttpContext context, int status, T value)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(value, s_options, context.RequestAborted);
    }
}
