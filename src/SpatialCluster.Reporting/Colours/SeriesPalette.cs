namespace SpatialCluster.Reporting.Colours;

/// <summary>
/// Colours for lines and marks, a set for white and a set for dark ground. Each has a contrast of at least 3 : 1 to its ground, and all pairs
/// of a set stay 0.09 apart in OKLab to normal, protanope and deuteranope sight (Machado et al. 2009).
/// </summary>
internal static class SeriesPalette
{
    public static IReadOnlyList<Rgb> OnLight { get; } =
        [.. new[] { 0x0072B2, 0xD55E00, 0x0A7F6A, 0xE91878, 0x6C560C, 0x4A2214, 0x7B8CD7, 0x8A0076 }.Select(Rgb.FromNumber)];

    public static IReadOnlyList<Rgb> OnDark { get; } =
        [.. new[] { 0x56B4E9, 0xE67E2E, 0x48E29D, 0xE06892, 0xFFB10B, 0xBE5600, 0xB0D9FF, 0xC22F98 }.Select(Rgb.FromNumber)];

    public static int Count => OnLight.Count;
}
