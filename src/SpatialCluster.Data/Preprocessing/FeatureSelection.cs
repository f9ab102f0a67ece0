using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>Which of a modality's features are used, and how to find them again in another slice.</summary>
internal sealed class FeatureSelection
{
    private readonly IReadOnlyList<string> _names;

    private FeatureSelection(IReadOnlyList<string> names, int[] kept)
    {
        _names = names;
        Kept = kept;
        KeptNames = [.. kept.Select(at => names[at])];
    }

    /// <summary>Rising positions among the features of the modality that was fitted.</summary>
    public int[] Kept { get; }

    public IReadOnlyList<string> KeptNames { get; }

    /// <summary>Keeps the features with positive values in at least so many spots (never fewer than one).</summary>
    public static FeatureSelection ByOccurrence(Modality modality, int minSpots, PreprocessingNotes notes)
    {
        int[] occurrences = SparseColumns.PositiveRows(modality.Counts);
        int least = int.Max(minSpots, 1);
        int[] kept = [.. Enumerable.Range(0, occurrences.Length).Where(at => occurrences[at] >= least)];
        notes.AddFeatures("all zero and were left out", modality.FeatureNames, at => occurrences[at] == 0);
        if (least > 1)
            notes.AddFeatures($"measured in fewer than {least} spots and were left out", modality.FeatureNames, at => occurrences[at] > 0 && occurrences[at] < least);
        if (kept.Length == 0)
            throw new BadInputException($"Modality '{modality.Name}' keeps none of its {occurrences.Length} features: none is measured in {least} spots or more; lower --min-spots or check the file.");
        return new FeatureSelection(modality.FeatureNames, kept);
    }

    public static FeatureSelection All(Modality modality) =>
        new(modality.FeatureNames, [.. Enumerable.Range(0, modality.FeatureNames.Count)]);

    /// <summary>The kept features of a modality, in the order of <see cref="Kept"/>, as a matrix of its own.</summary>
    public CsrMatrix Apply(Modality modality)
    {
        int[] target = new int[modality.FeatureNames.Count];
        Array.Fill(target, -1);
        if (modality.FeatureNames.SequenceEqual(_names))
        {
            for (int at = 0; at < Kept.Length; at++)
                target[Kept[at]] = at;
        }
        else
        {
            MapByName(modality, target);
        }

        return SparseColumns.Select(modality.Counts, target, Kept.Length);
    }

    public void Save(BinaryWriter writer)
    {
        writer.WriteStrings(_names);
        writer.WriteIntegers(Kept);
    }

    public static FeatureSelection Load(StoredReader reader)
    {
        string[] names = reader.ReadStrings();
        return new FeatureSelection(names, reader.ReadPositions(names.Length));
    }

    private void MapByName(Modality modality, int[] target)
    {
        var places = new Dictionary<string, int>(modality.FeatureNames.Count);
        var ambiguous = new HashSet<string>();
        for (int at = 0; at < modality.FeatureNames.Count; at++)
        {
            if (!places.TryAdd(modality.FeatureNames[at], at))
                ambiguous.Add(modality.FeatureNames[at]);
        }

        string[] missing = [.. KeptNames.Where(name => !places.ContainsKey(name))];
        if (missing.Length > 0)
            throw new BadInputException($"Modality '{modality.Name}' lacks {missing.Length} of the {Kept.Length} features that the model was fitted on (the first: '{missing[0]}'); give the same panel, or train anew.");
        string? twice = KeptNames.FirstOrDefault(ambiguous.Contains) ?? KeptNames.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1)?.Key;
        if (twice is not null)
            throw new BadInputException($"Modality '{modality.Name}' has the feature name '{twice}' more than once, and its features are not those in the order of the model; make names unique.");
        for (int at = 0; at < Kept.Length; at++)
            target[places[KeptNames[at]]] = at;
    }
}
