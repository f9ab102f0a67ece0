using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Options;

/// <summary>Values of an option that is given as VALUE, for every modality, or as NAME=VALUE, for one.</summary>
internal sealed class NamedValues
{
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);

    /// <summary>Sorts what was given.</summary>
    /// <param name="option">The option's name, for messages.</param>
    /// <param name="texts">What was given; null or empty where nothing was.</param>
    /// <param name="modalities">The modalities' names.</param>
    /// <exception cref="BadInputException">A name that no modality has, or two values for one.</exception>
    public NamedValues(string option, IReadOnlyList<string>? texts, IReadOnlyList<string> modalities)
    {
        Option = option;
        foreach (string text in texts ?? [])
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? "" : text[..equals];
            if (equals < 0)
            {
                if (ForAll is not null)
                    throw new BadInputException($"{option} is given twice ({ForAll} and {text}); give it once, or once per modality as in {option} {modalities[0]}={text}.");
                ForAll = text;
            }
            else if (!modalities.Contains(name, StringComparer.Ordinal))
            {
                throw new BadInputException($"{option} {text}: there is no modality '{name}'; there is {string.Join(", ", modalities)}.");
            }
            else if (!_named.TryAdd(name, text[(equals + 1)..]))
            {
                throw new BadInputException($"{option} is given twice for '{name}'; give it once.");
            }
        }
    }

    public string Option { get; }

    /// <summary>The value for modalities that are not named; null where there is none.</summary>
    public string? ForAll { get; }

    /// <summary>Nothing was given.</summary>
    public bool Empty => ForAll is null && _named.Count == 0;

    /// <summary>The value given for one modality alone.</summary>
    public string? Named(string modality) => _named.GetValueOrDefault(modality);

    /// <summary>The value that holds for a modality.</summary>
    public string? For(string modality) => Named(modality) ?? ForAll;
}
