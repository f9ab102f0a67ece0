using System.Security.Cryptography;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Hosting;

/// <summary>What a silo is called: a name for people, and behind it what tells it from every other, also from one of the same name before it.</summary>
public static class SiloId
{
    private const int Longest = 48;

    /// <summary>Makes an id.</summary>
    /// <param name="name">The name that was given; null for the machine's.</param>
    /// <returns>Lower-case letters, digits and '-'.</returns>
    /// <exception cref="BadInputException">The name has other letters.</exception>
    public static string New(string? name)
    {
        if (name is not null && (name.Length is 0 or > Longest || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || name[0] == '-'))
            throw new BadInputException($"--name is '{name}'; it takes up to {Longest} lower-case letters, digits and '-', and begins with a letter or digit.");
        return $"{name ?? FromMachine(Environment.MachineName)}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    }

    private static string FromMachine(string machine)
    {
        string name = string.Concat(machine.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return name.Length switch
        {
            0 => "silo",
            > Longest => name[..Longest],
            _ => name,
        };
    }
}
