using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Maps;

namespace SpatialCluster.Reporting.Tests.Colours;

public sealed class CategoricalPaletteTests
{
    // Machado et al. 2009, severity 1, on linear RGB.
    private static readonly double[][,] s_sights =
    [
        new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
        new double[,] { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
        new double[,] { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
    ];

    [Fact]
    public void Colour_EveryPair_IsApartToNormalAndColourBlindEyes()
    {
        CategoricalPalette.Count.ShouldBeGreaterThanOrEqualTo(20);
        Rgb[] colours = [.. Enumerable.Range(-1, CategoricalPalette.Count + 1).Select(CategoricalPalette.Colour)];
        for (int sight = 0; sight < s_sights.Length; sight++)
        {
            for (int i = 0; i < colours.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    // 0.02 is about what an eye just tells apart side by side; the first seven keep 0.07.
                    double distance = Distance(colours[i], colours[j], s_sights[sight]);
                    // Grey lies between all hues: to its nearest neighbour it keeps 0.04.
                    distance.ShouldBeGreaterThan(j == 0 ? 0.04 : i <= 7 ? 0.07 : 0.06, $"{colours[i]} and {colours[j]} to sight {sight}");
                }
            }
        }
    }

    [Fact]
    public void SeriesColours_EveryPair_IsApartToNormalAndColourBlindEyes()
    {
        foreach (IReadOnlyList<Rgb> colours in new[] { SeriesPalette.OnLight, SeriesPalette.OnDark })
        {
            foreach (double[,] sight in s_sights)
            {
                for (int i = 0; i < colours.Count; i++)
                {
                    for (int j = 0; j < i; j++)
                        Distance(colours[i], colours[j], sight).ShouldBeGreaterThan(0.09, $"{colours[i]} and {colours[j]}");
                }
            }
        }
    }

    [Fact]
    public void Colour_MoreLabelsThanColours_AreStillDifferent()
    {
        Rgb[] colours = [.. Enumerable.Range(0, 100).Select(CategoricalPalette.Colour)];
        colours.Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void Colour_OfTheScale_RisesInLightness()
    {
        double before = -1;
        for (int i = 0; i <= 100; i++)
        {
            double lightness = OkLab(SequentialColourMap.Colour(i / 100.0), s_sights[0])[0];
            lightness.ShouldBeGreaterThan(before);
            before = lightness;
        }

        SequentialColourMap.Colour(-1).ShouldBe(SequentialColourMap.Colour(0));
        SequentialColourMap.Colour(double.NaN).ShouldBe(CategoricalPalette.Missing);
    }

    [Fact]
    public void Matched_PermutedLabels_TakeTheColoursOfTheirPartners()
    {
        var found = new SpotLabels("Domain", [0, 0, 1, 1, 2, 2, 2, -1], ["0", "1", "2"]);
        var truth = new SpotLabels("Truth", [2, 2, 0, 0, 1, 1, 3, 3], ["a", "b", "c", "d"]);
        LabelColours.Matched(truth, found).ShouldBe(
            [CategoricalPalette.Colour(1), CategoricalPalette.Colour(2), CategoricalPalette.Colour(0), CategoricalPalette.Colour(3)]);
    }

    private static double Distance(Rgb a, Rgb b, double[,] sight) =>
        Math.Sqrt(OkLab(a, sight).Zip(OkLab(b, sight), (x, y) => (x - y) * (x - y)).Sum());

    private static double[] OkLab(Rgb colour, double[,] sight)
    {
        double[] linear = Times(sight, [Linear(colour.R), Linear(colour.G), Linear(colour.B)]);
        double[] lms = Times(
            new[,] { { 0.4122214708, 0.5363325363, 0.0514459929 }, { 0.2119034982, 0.6806995451, 0.1073969566 }, { 0.0883024619, 0.2817188376, 0.6299787005 } },
            [.. linear.Select(v => Math.Clamp(v, 0, 1))]);
        return Times(
            new[,] { { 0.2104542553, 0.7936177850, -0.0040720468 }, { 1.9779984951, -2.4285922050, 0.4505937099 }, { 0.0259040371, 0.7827717662, -0.8086757660 } },
            [.. lms.Select(Math.Cbrt)]);
    }

    private static double Linear(byte channel) => channel <= 10 ? channel / 255.0 / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);

    private static double[] Times(double[,] matrix, double[] vector) =>
        [.. Enumerable.Range(0, 3).Select(r => matrix[r, 0] * vector[0] + matrix[r, 1] * vector[1] + matrix[r, 2] * vector[2])];
}
