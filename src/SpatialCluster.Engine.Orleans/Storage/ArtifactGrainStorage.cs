using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orleans.Storage;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.Orleans.Storage;

/// <summary>Keeps the state of Orleans grains in the artifact store, as JSON, each written only over what was read before.</summary>
/// <param name="records">The store.</param>
public sealed class ArtifactGrainStorage(GrainRecords records) : IGrainStorage
{
    /// <summary>The provider's name.</summary>
    public const string Name = "artifacts";

    /// <inheritdoc/>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        OpenArtifact? open = await GrainRecords.Guard(records.Store.OpenAsync(NameOf(stateName, grainId))).ConfigureAwait(false);
        if (open is null)
        {
            (grainState.ETag, grainState.RecordExists) = (null, false);
            grainState.State = Activator.CreateInstance<T>();
            return;
        }

        await using (open.ConfigureAwait(false))
        {
            byte[] bytes = await GrainRecords.Guard(GrainRecords.AllOf(open.Content, CancellationToken.None)).ConfigureAwait(false);
            grainState.State = JsonSerializer.Deserialize<T>(bytes)!;
            (grainState.ETag, grainState.RecordExists) = (open.Tag.Value, true);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">Another activation has written; Orleans has this one read anew.</exception>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(grainState.State);
        ArtifactTag? before = grainState.ETag is { } tag ? new ArtifactTag(tag) : null;
        ArtifactTag? written = await GrainRecords.Guard(records.Store.ReplaceAsync(NameOf(stateName, grainId), before, (stream, stop) => stream.WriteAsync(bytes, stop).AsTask())).ConfigureAwait(false);
        if (written is not { } now)
            throw new InconsistentStateException($"The state '{stateName}' of {grainId} was written by another activation.", null, grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (now.Value, true);
    }

    /// <inheritdoc/>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await GrainRecords.Guard(records.Store.DeleteAsync(NameOf(stateName, grainId), grainState.ETag is { } tag ? new ArtifactTag(tag) : null)).ConfigureAwait(false);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        grainState.State = Activator.CreateInstance<T>();
    }

    // A grain's own name may hold anything.
    private static ArtifactName NameOf(string state, GrainId grain) =>
        new($"{StoreLayout.Engines}orleans/{state}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(grain.ToString())))}.json");
}
