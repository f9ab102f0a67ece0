namespace SpatialCluster.Reporting.Colours;

/// <summary>Colours for numbers: viridis (van der Walt and Smith, 2015), from 17 of its colours.</summary>
public static class SequentialColourMap
{
    private static readonly Rgb[] s_anchors =
    [
        .. new[]
        {
            0x440154, 0x48186A, 0x472D7B, 0x424086, 0x3B528B, 0x33638D, 0x2C728E, 0x26828E, 0x21918C,
            0x1FA088, 0x28AE80, 0x3FBC73, 0x5EC962, 0x84D44B, 0xADDC30, 0xD8E219, 0xFDE725,
        }.Select(Rgb.FromNumber),
    ];

    /// <summary>The colour of a number.</summary>
    /// <param name="share">Where it lies in its range, 0 … 1; what lies outside takes the nearer end.</param>
    /// <returns>The colour; that of missing labels for NaN.</returns>
    public static Rgb Colour(double share)
    {
        if (double.IsNaN(share))
            return CategoricalPalette.Missing;
        double place = Math.Clamp(share, 0, 1) * (s_anchors.Length - 1);
        int below = Math.Min((int)place, s_anchors.Length - 2);
        return s_anchors[below].Mix(s_anchors[below + 1], place - below);
    }
}
