using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Taking in campaigns.</summary>
internal static class CampaignEndpoints
{
    private static readonly string[] s_types = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml"];

    public static void Map(IEndpointRouteBuilder routes, Func<string, CancellationToken, Task<SubmittedCampaign>> submit) =>
        routes.MapPost("/api/v1/campaigns", async context =>
        {
            // A type that no form of another site can have.
            if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type) || !s_types.Contains(type.MediaType.ToString(), StringComparer.OrdinalIgnoreCase))
            {
                await JsonAnswers.ErrorAsync(context, StatusCodes.Status415UnsupportedMediaType, "Send the campaign's YAML document as application/yaml.").ConfigureAwait(false);
                return;
            }

            using var reader = new StreamReader(context.Request.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            string text;
            try
            {
                text = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
            }
            catch (DecoderFallbackException)
            {
                await JsonAnswers.ErrorAsync(context, StatusCodes.Status400BadRequest, "The document is not in UTF-8; save it as UTF-8.").ConfigureAwait(false);
                return;
            }

            SubmittedCampaign taken = await submit(text, context.RequestAborted).ConfigureAwait(false);
            context.Response.Headers.Location = $"/api/v1/campaigns/{taken.Id}";
            await JsonAnswers.WriteAsync(context, StatusCodes.Status202Accepted, taken).ConfigureAwait(false);
        });
}
