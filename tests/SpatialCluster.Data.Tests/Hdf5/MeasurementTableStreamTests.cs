using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Isolation;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class MeasurementTableStreamTests
{
    [Fact]
    public void Write_AnyTable_ReadsBackEqual()
    {
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            MeasurementTable table = Draw(seed);
            Tables.ShouldBeSame(MeasurementTableStream.Read(new MemoryStream(Bytes(table))), table);
        }).Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void Read_CutOrChangedBytes_IsRefusedOrValid()
    {
        byte[] whole = Bytes(Draw(11));
        for (int length = 0; length < whole.Length; length += 3)
            Should.Throw<BadInputException>(() => MeasurementTableStream.Read(new MemoryStream(whole[..length])));
        var random = new Random(4);
        for (int trial = 0; trial < 3000; trial++)
        {
            byte[] changed = [.. whole];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Tables.RequireValidShape(MeasurementTableStream.Read(new MemoryStream(changed)));
            }
            catch (BadInputException)
            {
                // That is what it is for.
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(32 << 20, "a length alone allocates little");
        }
    }

    [Fact]
    public void Read_MoreThanTheLimit_IsRefused() =>
        Should.Throw<BadInputException>(() => MeasurementTableStream.Read(new MemoryStream(Bytes(Draw(11))), mostBytes: 100))
            .Message.ShouldContain("limit");

    [Fact]
    public void WriteError_ReadBack_ThrowsThatText()
    {
        using var stream = new MemoryStream();
        MeasurementTableStream.WriteError("x.h5ad has no X; write it.", stream);
        stream.Position = 0;

        Should.Throw<BadInputException>(() => MeasurementTableStream.Read(stream)).Message.ShouldBe("x.h5ad has no X; write it.");
    }

    private static byte[] Bytes(MeasurementTable table)
    {
        using var stream = new MemoryStream();
        MeasurementTableStream.Write(table, stream);
        return stream.ToArray();
    }

    private static MeasurementTable Draw(int seed)
    {
        AnnData.AnnDataDocument document = RandomDocument.Draw(seed);
        int spots = document.SpotNames.Count;
        return new MeasurementTable
        {
            Source = $"t{seed}",
            SpotNames = document.SpotNames,
            FeatureNames = document.FeatureNames,
            FeatureTypes = seed % 2 == 0 ? [] : [.. document.FeatureNames.Select(_ => "Gene Expression")],
            Values = document.X!,
            Coordinates = seed % 3 == 0 ? null : new SpotCoordinates(new double[spots], [.. Enumerable.Range(0, spots).Select(i => i / 3.0)]),
            Annotations = [new SpotAnnotation("domain", ((AnnData.CategoricalColumn)document.SpotColumns[0]).Codes, ["x", "y", "ß"])],
            OtherLayers = ["counts", "raw"],
            Warnings = ["w"],
        };
    }
}
