using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Npy;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Work;

/// <summary>
/// A slice in the store: an <c>.h5ad</c> per modality, which scanpy opens, and the places and the truth once more as arrays, which
/// are read in no time. Labels of features are written and not read back.
/// </summary>
/// <param name="Slice">The slice.</param>
/// <param name="Truth">The true domains; null where there are none.</param>
public sealed record StoredSlice(Slice Slice, SpotAnnotation? Truth)
{
    /// <summary>Reads a whole slice.</summary>
    /// <param name="slice">The result of its grain.</param>
    /// <param name="open">Opens bytes of the store.</param>
    /// <param name="copy">Copies bytes of the store to a file.</param>
    /// <param name="folder">A folder for such copies; they are removed again.</param>
    /// <returns>The slice as it was stored.</returns>
    public static StoredSlice Load(GrainResult slice, Func<ContentDigest, Stream> open, Action<ContentDigest, string> copy, string folder)
    {
        StoredPlaces places = StoredPlaces.Load(slice, open);
        MeasurementTable[] tables = [.. places.Modalities.Select(m => Table(slice, m, copy, folder))];
        return new StoredSlice(
            new Slice
            {
                Name = (string)slice.Values["name"]!,
                SpotNames = tables[0].SpotNames,
                Coordinates = places.Coordinates,
                Annotations = tables[0].Annotations,
                Modalities = [.. places.Modalities.Zip(tables, ModalityOf)],
            },
            places.Truth);
    }

    /// <summary>Reads one modality.</summary>
    /// <param name="slice">The result of the slice's grain.</param>
    /// <param name="name">The modality's name.</param>
    /// <param name="copy">Copies bytes of the store to a file.</param>
    /// <param name="folder">A folder for the copy; it is removed again.</param>
    /// <returns>The modality as it was stored.</returns>
    /// <exception cref="BadInputException">The slice has no such modality.</exception>
    public static Modality LoadModality(GrainResult slice, string name, Action<ContentDigest, string> copy, string folder)
    {
        StoredModality[] known = [.. slice.Values["modalities"]!.AsArray().Select(m => StoredModality.Parse(m!.AsObject()))];
        StoredModality modality = known.FirstOrDefault(m => m.Name == name) ?? throw new BadInputException(
            $"The slice has no modality '{name}'; {Suggestions.Sentence(name, [.. known.Select(m => m.Name)])}");
        return ModalityOf(modality, Table(slice, modality, copy, folder));
    }

    /// <summary>Writes a slice.</summary>
    /// <param name="slice">The slice.</param>
    /// <param name="truth">The true domains; null where there are none.</param>
    /// <param name="notes">What a user should know.</param>
    /// <param name="context">The store.</param>
    /// <returns>What the slice's grain gives.</returns>
    internal static GrainProducts Put(Slice slice, SpotAnnotation? truth, IReadOnlyList<string> notes, GrainContext context)
    {
        StoredModality[] modalities = [.. slice.Modalities.Select(m => new StoredModality(m.Name, m.Kind, m.FeatureNames.Count, NonZeros(m.Counts)))];
        var outputs = new List<GrainOutput>();
        for (int m = 0; m < modalities.Length; m++)
        {
            context.Begin($"write {modalities[m].Name}");
            string path = Path.Combine(context.ScratchFolder, ScratchNames.Require(modalities[m].Output, "a modality's name"));
            AnnDataWriter.Write(path, Document(slice, slice.Modalities[m], truth));
            outputs.Add(context.PutFile(modalities[m].Output, path));
            File.Delete(path);
        }

        outputs.Add(context.Put(StoredPlaces.CoordinatesName, stream => NpyWriter.Write<double>(stream, slice.Spots, 2, Places(slice.Coordinates))));
        if (truth is not null)
            outputs.Add(context.Put(StoredPlaces.TruthOutput, stream => NpyWriter.Write<int>(stream, truth.Codes)));
        return new GrainProducts(outputs, new JsonObject
        {
            ["name"] = slice.Name,
            ["spots"] = slice.Spots,
            ["modalities"] = new JsonArray([.. modalities.Select(m => m.Json)]),
            ["truth"] = truth is null ? null : Json(truth),
            ["notes"] = new JsonArray([.. notes.Select(n => (JsonNode)n)]),
        });
    }

    // A file may store zeros.
    private static long NonZeros(CsrMatrix counts)
    {
        long nonZeros = 0;
        for (long e = 0; e < counts.NonZeros; e++)
            nonZeros += counts.Values[e] != 0 ? 1 : 0;
        return nonZeros;
    }

    private static JsonObject Json(SpotAnnotation truth) => new()
    {
        ["name"] = truth.Name,
        ["categories"] = new JsonArray([.. truth.Categories.Select(c => (JsonNode)c)]),
        ["labelled"] = truth.Codes.Count(code => code >= 0),
        ["domains"] = truth.Codes.Where(code => code >= 0).Distinct().Count(),
    };

    private static AnnDataDocument Document(Slice slice, Modality modality, SpotAnnotation? truth) => new()
    {
        SpotNames = slice.SpotNames,
        FeatureNames = modality.FeatureNames,
        X = modality.Counts,
        SpotColumns = [.. Columns(slice, truth).Select(DocumentColumn.Of)],
        FeatureColumns = [.. modality.FeatureAnnotations.Select(a => new CategoricalColumn(a.Name, a.Codes, a.Categories))],
        Tables = [new NamedTable("spatial", 2, Places(slice.Coordinates))],
    };

    // The truth may be one of the slice's own columns, or come from a file and perhaps share the name of one.
    private static IEnumerable<SpotAnnotation> Columns(Slice slice, SpotAnnotation? truth) =>
        truth is null || slice.Annotations.Contains(truth) ? slice.Annotations : slice.Annotations.Append(truth);

    private static double[] Places(SpotCoordinates coordinates)
    {
        var places = new double[2 * coordinates.Count];
        for (int spot = 0; spot < coordinates.Count; spot++)
            (places[2 * spot], places[(2 * spot) + 1]) = (coordinates.X[spot], coordinates.Y[spot]);
        return places;
    }

    private static Modality ModalityOf(StoredModality modality, MeasurementTable table) => new()
    {
        Name = modality.Name,
        Kind = modality.Kind,
        Counts = table.Values,
        FeatureNames = table.FeatureNames,
    };

    private static MeasurementTable Table(GrainResult slice, StoredModality modality, Action<ContentDigest, string> copy, string folder)
    {
        GrainOutput output = slice.Find(modality.Output) ?? throw new SpatialClusterException(
            FailureKind.Permanent, $"The result of {slice.Key} names no {modality.Output}; it was made by another program: delete it to have it made anew.");
        string path = Path.Combine(folder, ScratchNames.Require(modality.Output, "a modality's name"));
        copy(output.Digest, path);
        try
        {
            return Hdf5TableReader.Read(path, new ReadOptions());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
