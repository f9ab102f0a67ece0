using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

public sealed class TextRoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatTheWriterWrote_SameNamesAndBits() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(),
        seed =>
        {
            float[][] values = Random(seed, out string[] spots, out string[] features);
            string name = (seed % 4) switch { 0 => "a.csv", 1 => "a.tsv", 2 => "a.csv.gz", _ => "a.tsv.gz" };
            TextTableWriter.Write(_folder.Path(name), [TextColumn.Of("spot", spots), .. features.Select((f, c) => TextColumn.Of(f, spots.Length, r => values[r][c]))]);
            MeasurementTable table = DelimitedMatrixReader.Read(_folder.Path(name), new ReadOptions());
            return table.SpotNames.SequenceEqual(spots) && table.FeatureNames.SequenceEqual(features) && Same(Dense.Of(table.Values), values)
                && Dense.IsValid(table.Values);
        }));

    [Fact]
    public void Read_MatrixMarketInAnyOrderAndOrientation_SameMatrix() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<ulong>(),
        seed =>
        {
            float[][] values = Random(seed, out string[] spots, out string[] features);
            bool featuresInRows = seed % 2 == 0;
            var entries = new List<string>();
            for (int s = 0; s < spots.Length; s++)
            {
                for (int f = 0; f < features.Length; f++)
                {
                    if (values[s][f] != 0)
                        entries.Add(string.Create(CultureInfo.InvariantCulture, $"{(featuresInRows ? f : s) + 1} {(featuresInRows ? s : f) + 1} {values[s][f]:R}\n"));
                }
            }

            int[] order = new int[entries.Count];
            new RandomStream(seed).Derive("order").Permutation(order);
            var text = new StringBuilder("%%MatrixMarket matrix coordinate real general\n");
            text.Append(CultureInfo.InvariantCulture, $"{(featuresInRows ? features : spots).Length} {(featuresInRows ? spots : features).Length} {entries.Count}\n");
            foreach (int e in order)
                text.Append(entries[e]);
            string path = _folder.Write("b.mtx", text.ToString());
            MeasurementTable table = MatrixMarketReader.Read(path, new ReadOptions { FeaturesInRows = featuresInRows });
            return Same(Dense.Of(table.Values), values) && Dense.IsValid(table.Values);
        }));

    private static float[][] Random(ulong seed, out string[] spots, out string[] features)
    {
        var stream = new RandomStream(seed);
        string[] decorations = ["", " b", ",", "\"", ";", "é", "'"];
        spots = [.. Enumerable.Range(0, 1 + stream.NextInt(12)).Select(i => $"s{i}{decorations[stream.NextInt(decorations.Length)]}x")];
        features = [.. Enumerable.Range(0, 1 + stream.NextInt(9)).Select(i => $"g{i}{decorations[stream.NextInt(decorations.Length)]}x")];
        int columns = features.Length;
        return [.. spots.Select(_ => Enumerable.Range(0, columns).Select(_ => stream.NextInt(3) == 0
            ? (float)(stream.NextGaussian() * (stream.NextInt(2) == 0 ? 1e-6 : 1e6)) : stream.NextInt(3)).ToArray())];
    }

    private static bool Same(float[][] a, float[][] b) => a.Length == b.Length && a.Zip(b).All(pair => pair.First.SequenceEqual(pair.Second));
}
