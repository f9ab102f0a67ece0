using Microsoft.AspNetCore.Http;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary>Tells what went wrong in a sentence: <c>{"error": "…"}</c>.</summary>
internal static class ApiErrors
{
    public static async ValueTask<object?> Catch(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be told.
            return Results.Empty;
        }
        catch (MissingException missing)
        {
            return Of(StatusCodes.Status404NotFound, missing.Message);
        }
        catch (StoreFailedException failure)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return Of(StatusCodes.Status503ServiceUnavailable, failure.Message);
        }
        catch (SpatialClusterException failure)
        {
            return Of(failure.Kind == FailureKind.BadInput ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError, failure.Message);
        }
    }

    public static IResult Of(int status, string sentence) => Results.Json(new { error = sentence }, ApiJson.Options, statusCode: status);
}
