using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Silo.Dashboard.Api;

namespace SpatialCluster.Silo.Dashboard.Slices;

/// <summary>
/// What is drawn on a tissue. Numbers are little-endian and go without a header: float32, two for a place, or int32 for labels (−1: none).
/// </summary>
internal static class SliceApi
{
    private const int MostNames = 200;

    public static void Map(RouteGroupBuilder api, StoredGrains grains, FeatureShelf features)
    {
        api.MapGet("/slices/{digest}", (string digest) =>
            grains.ReplyAsync(SliceSpec.KindName, digest, StoredPlaces.CoordinatesName, Reply.Json, (slice, _) => Describe(slice)));
        api.MapGet("/slices/{digest}/coordinates", (string digest) =>
            grains.ReplyAsync(SliceSpec.KindName, digest, StoredPlaces.CoordinatesName, Reply.Binary, (slice, open) =>
                Bytes<float>(Array.ConvertAll(new StoredArrays(slice, open).Table<double>(StoredPlaces.CoordinatesName).Values, v => (float)v))));
        api.MapGet("/slices/{digest}/truth", (string digest) =>
            grains.ReplyAsync(SliceSpec.KindName, digest, StoredPlaces.TruthOutput, Reply.Binary, (slice, open) =>
                Bytes<int>(new StoredArrays(slice, open).List<int>(StoredPlaces.TruthOutput))));
        api.MapGet("/slices/{digest}/features", async (string digest, string? modality, string? search, CancellationToken stop) =>
        {
            GrainResult slice = await grains.ResultAsync(SliceSpec.KindName, digest, stop).ConfigureAwait(false);
            FeatureTable table = await features.GetAsync(slice, modality ?? "").ConfigureAwait(false);
            string[] found = [.. table.Search(search ?? "")];
            return Reply.Of(new { count = found.Length, of = table.Names.Count, names = found.Take(MostNames) });
        });
        api.MapGet("/slices/{digest}/values", async (string digest, string? modality, string? feature, CancellationToken stop) =>
        {
            GrainResult slice = await grains.ResultAsync(SliceSpec.KindName, digest, stop).ConfigureAwait(false);
            FeatureTable table = await features.GetAsync(slice, modality ?? "").ConfigureAwait(false);
            int index = table.Find(feature ?? "");
            return await grains.MakeAsync(
                $"{slice.Key}/{modality}/{index}", $"{table.Content.Hex[..24]}-{index}", Reply.Binary, () => Bytes<float>(table.Values(index))).ConfigureAwait(false);
        });
        api.MapGet("/runs/{digest}/weights", (string digest) =>
            grains.ReplyAsync(TrainingRunSpec.KindName, digest, StoredRun.Attention, Reply.Binary, (run, open) =>
                Bytes<float>(new StoredArrays(run, open).Table<float>(StoredRun.Attention).Values)));
        api.MapGet("/evaluations/{digest}/domains", (string digest) =>
            grains.ReplyAsync(EvaluationSpec.KindName, digest, EvaluationWork.Domains, Reply.Binary, (evaluation, open) =>
                Bytes<int>(new StoredArrays(evaluation, open).List<int>(EvaluationWork.Domains))));
        api.MapGet("/evaluations/{digest}/umap", (string digest) =>
            grains.ReplyAsync(EvaluationSpec.KindName, digest, EvaluationWork.Umap, Reply.Binary, (evaluation, open) =>
                Bytes<float>(new StoredArrays(evaluation, open).Table<float>(EvaluationWork.Umap).Values)));
    }

    private static byte[] Describe(GrainResult slice) => ApiJson.Bytes(new
    {
        name = (string?)slice.Values["name"],
        spots = (int?)slice.Values["spots"],
        truth = slice.Values["truth"],
        modalities = slice.Values["modalities"],
        notes = slice.Values["notes"],
    });

    private static byte[] Bytes<T>(T[] values)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Numbers are sent as they lie in memory, and this machine has their bytes the other way round.");
        return MemoryMarshal.AsBytes<T>(values).ToArray();
    }
}
