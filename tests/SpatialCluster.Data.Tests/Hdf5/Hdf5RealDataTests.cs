using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;
using SpatialCluster.Tests;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class Hdf5RealDataTests
{
    [SkippableTheory]
    [InlineData("adt_n0_s1/rna.h5ad", 1000, 291656)]
    [InlineData("adt_n0_s1/adt.h5ad", 100, 74391)]
    [InlineData("adt_n0.8_s1/rna.h5ad", 1000, -1)]
    [InlineData("adt_n0.8_s1/adt.h5ad", 100, -1)]
    [InlineData("atac_n0.4_s1/rna.h5ad", 1000, -1)]
    [InlineData("atac_n0.4_s1/atac.h5ad", 1000, -1)]
    [InlineData("atac_n0.8_s1/rna.h5ad", 1000, -1)]
    [InlineData("atac_n0.8_s1/atac.h5ad", 1000, -1)]
    public void Read_SimulatedSlices_AreWhole(string name, int features, int nonZeros)
    {
        MeasurementTable table = Hdf5TableReader.Read(RealData.Require($"simulated/{name}"), new ReadOptions());

        Tables.RequireValid(table);
        (table.Values.Rows, table.Values.Columns).ShouldBe((1296, features));
        if (nonZeros >= 0)
            table.Values.NonZeros.ShouldBe(nonZeros);
        Tables.Annotation(table, "domain").Categories.Count.ShouldBe(5);
        table.Coordinates.ShouldNotBeNull();
        table.Values.Values.ShouldAllBe(value => value >= 0);
    }

    [SkippableFact]
    public void Read_MosaicSimulation_LayersAndScaledX()
    {
        string path = RealData.Require("mosaic_simulation/s1_adata_rna.h5ad");

        MeasurementTable scaled = Hdf5TableReader.Read(path, new ReadOptions());
        MeasurementTable counts = Hdf5TableReader.Read(path, new ReadOptions { Layer = "counts" });

        scaled.Values.Values.ShouldContain(value => value < 0, "negative values are the preprocessing's business");
        counts.Values.Values.ShouldAllBe(value => value > 0);
        (counts.Values.Rows, counts.Values.Columns).ShouldBe((1296, 200));
        Tables.Annotation(counts, "gt").Categories.Count.ShouldBe(5);
        foreach (string other in (string[])["s1_adata_adt.h5ad", "s2_adata_rna.h5ad", "s3_adata_adt.h5ad"])
            Tables.RequireValid(Hdf5TableReader.Read(RealData.Require($"mosaic_simulation/{other}"), new ReadOptions { Layer = "counts" }));
    }

    [SkippableFact]
    public void Read_HumanLymphNode_HasCountsAboveAMillionAndTenClasses()
    {
        MeasurementTable table = Hdf5TableReader.Read(RealData.Require("human_lymph_node_adt/slice1_adt.h5ad"), new ReadOptions());

        Tables.RequireValid(table);
        (table.Values.Rows, table.Values.Columns, table.Values.NonZeros).ShouldBe((3484, 31, 105474));
        table.Values.Values.Max().ShouldBeGreaterThan(1_000_000);
        Tables.Annotation(table, "final_annot").Categories.Count.ShouldBe(10);
        table.FeatureTypes.Distinct().ShouldHaveSingleItem();
    }
}
