namespace SpatialCluster.Reporting.Colours;

/// <summary>
/// Colours for labels. The first seven are those of Okabe and Ito (2008) without black; the other seventeen were chosen one
/// by one, each as far as could be from all before it and from white and near-black ground, to normal sight and to the
/// protanope and deuteranope sight of Machado et al. (2009): all pairs stay 0.06 apart in OKLab, the first seven 0.07.
/// </summary>
public static class CategoricalPalette
{
    private static readonly Rgb[] s_colours =
    [
        .. new[]
        {
            0x0072B2, 0xE69F00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xD55E00, 0xF0E442, 0x883322,
            0x99DDBB, 0x6688FF, 0x005577, 0x007777, 0x33DDFF, 0x0044AA, 0x33CC77, 0xBB4433,
            0x77FF99, 0x882255, 0x44CCCC, 0x2277DD, 0x99EEEE, 0xDDCC44, 0x5599DD, 0xEE6655,
        }.Select(Rgb.FromNumber),
    ];

    /// <summary>How many colours are picked by hand; later ones are darker and lighter kinds of these.</summary>
    public static int Count => s_colours.Length;

    /// <summary>The colour of missing labels.</summary>
    public static Rgb Missing { get; } = Rgb.FromNumber(0xA5A9AF);

    /// <summary>The colour of a label.</summary>
    /// <param name="index">0, 1, 2, …; −1 for a missing label.</param>
    /// <returns>The same colour for the same index, always.</returns>
    public static Rgb Colour(int index)
    {
        if (index < 0)
            return Missing;
        Rgb colour = s_colours[index % Count];
        int round = index / Count;
        if (round == 0)
            return colour;
        // Alternately towards black and white, ever further: not beautiful, yet still apart.
        double share = 1 - (1 / (1 + (0.45 * ((round + 1) / 2))));
        return colour.Mix(round % 2 == 1 ? new Rgb(0, 0, 0) : new Rgb(255, 255, 255), share);
    }
}
