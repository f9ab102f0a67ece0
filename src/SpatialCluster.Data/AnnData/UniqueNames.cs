using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.AnnData;

/// <summary>Names that should be different from one another.</summary>
internal static class UniqueNames
{
    /// <summary>Refuses names that occur twice.</summary>
    public static void Require(IReadOnlyList<string> names, string place)
    {
        var seen = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (!seen.TryAdd(names[i], i))
            {
                throw new BadInputException(
                    $"{place}: spots {seen[names[i]]} and {i} are both named '{names[i]}'; make the names unique (adata.obs_names_make_unique() in Python).");
            }
        }
    }

    /// <summary>Appends −1, −2, … to second and later occurrences, passing over names that are taken: what scanpy does.</summary>
    /// <param name="names">In the file's order.</param>
    /// <param name="changed">How many got another name.</param>
    /// <returns>Different names.</returns>
    public static string[] Make(IReadOnlyList<string> names, out int changed)
    {
        var taken = new HashSet<string>(names, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var unique = new string[names.Count];
        changed = 0;
        for (int i = 0; i < names.Count; i++)
        {
            unique[i] = names[i];
            if (seen.Add(names[i]))
                continue;
            int count = counts.GetValueOrDefault(names[i]);
            do
                unique[i] = $"{names[i]}-{++count}";
            while (!taken.Add(unique[i]));
            counts[names[i]] = count;
            changed++;
        }

        return unique;
    }
}
