using System.Globalization;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Options;

/// <summary>Reads values from text.</summary>
internal static class ValueText
{
    public static int Count(string option, string text, int least) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least
            ? value
            : throw new BadInputException($"{option} is '{text}'; it must be a whole number, at least {least}.");

    public static double Number(string option, string text, double least, double most = double.MaxValue) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture, $"{option} is '{text}'; it must be a number, at least {least}{(most == double.MaxValue ? "" : $" and at most {most}")}."));

    public static bool OnOff(string option, string text) => text switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => throw new BadInputException($"{option} is '{text}'; it must be on or off."),
    };

    public static IReadOnlyList<double> Numbers(string option, string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => Number(option, part, 0))];

    /// <summary>Reads <c>4GB</c>, <c>512MiB</c>, <c>1.5G</c>; a number alone is in bytes.</summary>
    public static long Bytes(string option, string text)
    {
        int letters = 0;
        while (letters < text.Length && char.IsAsciiLetter(text[^(letters + 1)]))
            letters++;
        double unit = text[^letters..].ToLowerInvariant() switch
        {
            "" or "b" => 1,
            "k" or "kb" or "kib" => 1L << 10,
            "m" or "mb" or "mib" => 1L << 20,
            "g" or "gb" or "gib" => 1L << 30,
            "t" or "tb" or "tib" => 1L << 40,
            _ => 0,
        };
        return unit > 0 && double.TryParse(text[..^letters], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && value * unit < long.MaxValue
            ? (long)(value * unit)
            : throw new BadInputException($"{option} is '{text}'; it must be a size, such as 4GB or 512MB.");
    }
}
