using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Loading;

/// <summary>Brings labels into the order of a slice.</summary>
internal static class AnnotationLoading
{
    /// <summary>The annotations of all tables; of several with one name the first.</summary>
    public static IReadOnlyList<SpotAnnotation> Gather(IReadOnlyList<MeasurementTable> tables, int[][] rows)
    {
        var found = new List<SpotAnnotation>();
        for (int t = 0; t < tables.Count; t++)
        {
            foreach (SpotAnnotation annotation in tables[t].Annotations)
            {
                if (!found.Exists(other => other.Name == annotation.Name))
                    found.Add(annotation with { Codes = [.. rows[t].Select(row => annotation.Codes[row])] });
            }
        }

        return found;
    }

    /// <summary>The labels asked for, in slice order.</summary>
    public static SpotAnnotation Truth(TruthSource source, MeasurementTable first, IReadOnlyList<SpotAnnotation> annotations, int[] rows, List<LoadNote> notes)
    {
        SpotAnnotation truth;
        if (source.Path is null)
        {
            truth = annotations.FirstOrDefault(annotation => annotation.Name == source.Column) ?? throw new BadInputException(
                $"{first.Source} has no column '{source.Column}' of labels in obs: {(annotations.Count == 0 ? "it has none at all" : $"it has {string.Join(", ", annotations.Select(a => $"'{a.Name}'"))}")}; name one of them, or a file, as in --truth labels.csv:domain.");
        }
        else
        {
            SpotLabels labels = LabelsReader.Read(source.Path, source.Column, first.SpotNames, source.SpotColumn);
            notes.Add(new LoadNote(LoadSeverity.Info, labels.Note));
            truth = labels.Annotation with { Codes = [.. rows.Select(row => labels.Annotation.Codes[row])] };
        }

        int labelled = truth.Codes.Count(code => code >= 0);
        if (labelled == 0)
            throw new BadInputException($"None of the {rows.Length:N0} spots of the slice has a label in '{truth.Name}'; name another column.");
        if (labelled < rows.Length)
            notes.Add(new LoadNote(LoadSeverity.Info, $"{rows.Length - labelled:N0} of {rows.Length:N0} spots have no label in '{truth.Name}'; scores leave them out."));
        if (truth.Categories.Count > Math.Max(2, labelled / 2))
            notes.Add(new LoadNote(LoadSeverity.Warning, $"'{truth.Name}' has {truth.Categories.Count:N0} different labels for {labelled:N0} spots; it may not be a column of labels."));
        return truth;
    }
}
