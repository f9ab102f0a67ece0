using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;
using SpatialCluster.Silo.Dashboard.Api;
using SpatialCluster.Silo.Dashboard.Model;

namespace SpatialCluster.Silo.Dashboard.Slices;

/// <summary>The modalities that viewers looked at last. One is read at a time: a viewer must not take the memory of the grains.</summary>
internal sealed class FeatureShelf(GrainRecords records)
{
    private const int MostTables = 3;
    private const long MostNonZeros = 200_000_000;

    private readonly Turn _turn = new();
    private readonly LinkedList<FeatureTable> _tables = new();

    /// <summary>The modality of a slice.</summary>
    /// <exception cref="MissingException">The slice has none of that name.</exception>
    public async Task<FeatureTable> GetAsync(GrainResult slice, string name)
    {
        StoredModality[] known = [.. slice.Values["modalities"]!.AsArray().Select(m => StoredModality.Parse(m!.AsObject()))];
        StoredModality modality = Array.Find(known, m => m.Name == name)
            ?? throw new MissingException($"The slice has no modality '{name}'; {Suggestions.Sentence(name, [.. known.Select(m => m.Name)])}");
        GrainOutput output = slice.Find(modality.Output) ?? throw new MissingException($"The result of {slice.Key} names no {modality.Output}; delete it to have it made anew.");
        if (modality.NonZeros > MostNonZeros)
            throw new BadInputException($"The modality '{name}' has {modality.NonZeros:N0} counts, more than are drawn here ({MostNonZeros:N0}); open {modality.Output} in scanpy.");
        using IDisposable turn = await _turn.TakeAsync().ConfigureAwait(false);
        FeatureTable? there = _tables.FirstOrDefault(t => t.Content == output.Digest);
        if (there is not null)
            _tables.Remove(there);
        there ??= await ReadAsync(output.Digest).ConfigureAwait(false);
        _tables.AddFirst(there);
        while (_tables.Count > 1 && (_tables.Count > MostTables || _tables.Sum(t => t.Bytes) > 8 * MostNonZeros))
            _tables.RemoveLast();
        return there;
    }

    private async Task<FeatureTable> ReadAsync(ContentDigest content)
    {
        string folder = Directory.CreateTempSubdirectory("spatialcluster-").FullName;
        try
        {
            string path = Path.Combine(folder, "counts.h5ad");
            await records.Content.CopyToFileAsync(content, path).ConfigureAwait(false);
            return await Task.Run(() =>
            {
                MeasurementTable table = Hdf5TableReader.Read(path, new ReadOptions());
                return new FeatureTable(content, table.FeatureNames, table.Values);
            }).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
