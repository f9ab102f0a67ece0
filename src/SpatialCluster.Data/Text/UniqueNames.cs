namespace SpatialCluster.Data.Text;

/// <summary>Makes feature names unique as scanpy does.</summary>
internal static class UniqueNames
{
    /// <summary>
    /// The first of several equal names keeps it, the others get <c>-1</c>, <c>-2</c>, …, passing over names that exist already.
    /// </summary>
    /// <param name="names">Changed in place.</param>
    /// <returns>How many were changed, and the first of them as it was.</returns>
    public static (int Changed, string? Example) Make(string[] names)
    {
        var taken = new HashSet<string>(names);
        if (taken.Count == names.Length)
            return (0, null);
        var seen = new Dictionary<string, int>();
        int changed = 0;
        string? example = null;
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            if (!seen.TryGetValue(name, out int number))
            {
                seen.Add(name, 0);
                continue;
            }

            string candidate;
            do
                candidate = $"{name}-{++number}";
            while (!taken.Add(candidate));
            seen[name] = number;
            names[i] = candidate;
            example ??= name;
            changed++;
        }

        return (changed, example);
    }

    /// <summary>The position of the second of two equal names and of the first; null where all differ.</summary>
    public static (int First, int Second)? FindDuplicate(IReadOnlyList<string> names)
    {
        var seen = new Dictionary<string, int>(names.Count);
        for (int i = 0; i < names.Count; i++)
        {
            if (!seen.TryAdd(names[i], i))
                return (seen[names[i]], i);
        }

        return null;
    }

    /// <summary>0 … count − 1 as names.</summary>
    public static string[] Numbered(int count)
    {
        var names = new string[count];
        for (int i = 0; i < count; i++)
            names[i] = i.ToString();
        return names;
    }
}
