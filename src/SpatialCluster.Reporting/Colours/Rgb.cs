namespace SpatialCluster.Reporting.Colours;

/// <summary>An sRGB colour.</summary>
/// <param name="R">Red, 0 … 255.</param>
/// <param name="G">Green, 0 … 255.</param>
/// <param name="B">Blue, 0 … 255.</param>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>A colour from its number, as in <c>0x0072B2</c>.</summary>
    /// <param name="value">Red, green and blue, eight bits each.</param>
    /// <returns>The colour.</returns>
    public static Rgb FromNumber(int value) => new((byte)(value >> 16), (byte)(value >> 8), (byte)value);

    /// <summary>A mixture with another colour, channel by channel.</summary>
    /// <param name="other">The colour to move towards.</param>
    /// <param name="share">How far, 0 (this) … 1 (the other).</param>
    /// <returns>The mixture.</returns>
    public Rgb Mix(Rgb other, double share) => new(Between(R, other.R, share), Between(G, other.G, share), Between(B, other.B, share));

    /// <summary>As CSS writes it: <c>#0072b2</c>.</summary>
    /// <returns>Seven characters.</returns>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";

    private static byte Between(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
