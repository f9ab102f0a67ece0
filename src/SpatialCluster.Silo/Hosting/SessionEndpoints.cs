using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Signing in with a browser: the token is shown once, and a cookie that scripts cannot read stands for it.</summary>
internal static class SessionEndpoints
{
    private const string Path = "/api/v1/session";

    public static void Map(IEndpointRouteBuilder routes, TokenGate gate)
    {
        routes.MapGet(Path, context => JsonAnswers.WriteAsync(context, StatusCodes.Status200OK, new { needed = gate.IsShut, signed_in = !gate.IsShut || gate.HasCookie(context.Request) }))
            .WithMetadata(OpenToAll.Mark);
        routes.MapPost(Path, context => SignInAsync(context, gate)).WithMetadata(OpenToAll.Mark);
        routes.MapDelete(Path, context =>
        {
            TokenGate.TakeCookie(context);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }).WithMetadata(OpenToAll.Mark);
    }

    private static async Task SignInAsync(HttpContext context, TokenGate gate)
    {
        string? given = null;
        // A page of another site can send a form without asking, but not this type.
        if (context.Request.HasJsonContentType())
        {
            try
            {
                using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 2 }, context.RequestAborted).ConfigureAwait(false);
                given = body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("token", out JsonElement token) && token.ValueKind == JsonValueKind.String
                    ? token.GetString()
                    : null;
            }
            catch (JsonException)
            {
                // Answered below, as whatever else is no token.
            }
        }

        if (given is null)
        {
            await JsonAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "Send a JSON object (application/json) with the token: {\"token\": \"…\"}.").ConfigureAwait(false);
            return;
        }

        if (!await gate.ShowAsync(context, given).ConfigureAwait(false))
            return;
        gate.GiveCookie(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
