using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Records;

/// <summary>The SHA-256 of some bytes, as 64 lower-case hexadecimal digits.</summary>
public readonly record struct ContentDigest
{
    /// <summary>Takes a digest.</summary>
    /// <param name="hex">64 lower-case hexadecimal digits.</param>
    /// <exception cref="BadInputException">It is none.</exception>
    public ContentDigest(string hex)
    {
        if (hex.Length != 64 || hex.Any(c => !char.IsAsciiHexDigitLower(c)))
            throw new BadInputException($"'{hex}' is no SHA-256: that has 64 lower-case hexadecimal digits.");
        Hex = hex;
    }

    /// <summary>The digits.</summary>
    public string Hex { get; }

    /// <summary>The digits.</summary>
    /// <returns><see cref="Hex"/>.</returns>
    public override string ToString() => Hex;
}
