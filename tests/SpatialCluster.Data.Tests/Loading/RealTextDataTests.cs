using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Tests;

namespace SpatialCluster.Data.Tests.Loading;

public sealed class RealTextDataTests
{
    [SkippableTheory]
    [InlineData(1, 2711)]
    [InlineData(2, 3047)]
    [InlineData(3, 2107)]
    public void Tonsil_ProteinAndMetabolite_OneSlice(int field, int cells)
    {
        string folder = RealData.Require("tonsil_protein_metabolite");
        LoadedSlice loaded = Load(
            [("protein", $"{folder}/DonorA_{field}_protein.csv.gz"), ("metabolite", $"{folder}/DonorA_{field}_metabolite.csv.gz")],
            $"{folder}/DonorA_{field}_coords.csv");
        loaded.Slice.Spots.ShouldBe(cells);
        loaded.Slice.Modalities.Select(m => m.Counts.Columns).ShouldBe([26, 189]);
        loaded.Report.UnmatchedSpots.ShouldBe(0);
        loaded.Report.Modalities[0].EmptyFeatureNames.ShouldContain("CD83");
    }

    [SkippableTheory]
    [InlineData("20180417_BZ5", 1049)]
    [InlineData("20180419_BZ9", 1053)]
    public void StarMap_CountsWithMetaForPlacesAndTruth(string mouse, int cells)
    {
        string folder = RealData.Require("starmap_mpfc");
        LoadedSlice loaded = Load([("rna", $"{folder}/{mouse}_counts.csv.gz")], $"{folder}/{mouse}_meta.csv", $"{folder}/{mouse}_meta.csv:domain");
        loaded.Slice.Spots.ShouldBe(cells);
        loaded.Slice.Modalities[0].Counts.Columns.ShouldBe(166);
        loaded.Truth!.Categories.ShouldBe(["1", "2", "3", "4"]);
        loaded.Report.LabelledSpots.ShouldBe(cells);
    }

    [SkippableTheory]
    [InlineData("A1", 346, "x,y", 20.994)]
    [InlineData("A1", 346, "pixel_x,pixel_y", 1761.87241176471)]
    [InlineData("B1", 295, "x,y", null)]
    public void Her2_LabelsJoinedByRoundedPlace(string section, int spots, string columns, double? y)
    {
        string folder = RealData.Require("her2_breast");
        string labels = $"{folder}/{section}_labeled_coordinates.tsv";
        LoadedSlice loaded = Load([("rna", $"{folder}/{section}.cnts.tsv.gz")], $"{labels}:{columns}", $"{labels}:label");
        loaded.Slice.Spots.ShouldBe(spots);
        loaded.Report.LabelledSpots.ShouldBe(spots);
        loaded.Truth!.Categories.ShouldContain("invasive cancer");
        if (y is not null)
            loaded.Slice.Coordinates.Y[Array.IndexOf([.. loaded.Slice.SpotNames], "9x21")].ShouldBe(y.Value);
    }

    [SkippableFact]
    public void Her2_PlacesFromNamesOrSelection_Agree()
    {
        string folder = RealData.Require("her2_breast");
        LoadedSlice selected = Load([("rna", $"{folder}/A2.cnts.tsv.gz")], $"{folder}/A2_selection.tsv");
        LoadedSlice named = Load([("rna", $"{folder}/A2.cnts.tsv.gz")], "names");
        selected.Slice.Coordinates.X.ShouldBe(named.Slice.Coordinates.X);
        selected.Slice.Coordinates.Y.ShouldBe(named.Slice.Coordinates.Y);
    }

    [SkippableTheory]
    [InlineData(1, 254, 7998)]
    [InlineData(2, 251, 7713)]
    [InlineData(3, 264, 7453)]
    [InlineData(4, 262, 7571)]
    public void Paste_PlacesByRowOrder_AgreeWithTheNames(int slice, int spots, int genes)
    {
        string folder = RealData.Require("paste_breast_cancer");
        LoadedSlice loaded = Load([("rna", $"{folder}/slice{slice}.csv.gz")], $"{folder}/slice{slice}_coor.csv");
        (loaded.Slice.Spots, loaded.Slice.Modalities[0].Counts.Columns).ShouldBe((spots, genes));
        LoadedSlice named = Load([("rna", $"{folder}/slice{slice}.csv.gz")], "names");

        // Names and places were rounded apart from each other (18.965 and 18.964999…): they agree to the digits that names have.
        for (int i = 0; i < spots; i++)
            loaded.Slice.Coordinates.X[i].ShouldBe(named.Slice.Coordinates.X[i], 0.05);
    }

    [SkippableTheory]
    [InlineData(1, 379)]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(4, null)]
    public void Stutility_AlignmentTable_KeepsTheTissue(int section, int? onTissue)
    {
        string folder = RealData.Require("stutility_mob");
        LoadedSlice loaded = Load([("rna", $"{folder}/MOB{section}.tsv.gz")], $"{folder}/alignment_table_MOB{section}.tsv");
        loaded.Slice.Spots.ShouldBeInRange(379, 438);
        if (onTissue is not null)
            loaded.Slice.Spots.ShouldBe(onTissue.Value);
        loaded.Report.OffTissueSpots.ShouldBeGreaterThan(1000);
        loaded.Slice.Modalities[0].Counts.Columns.ShouldBe(1000);
    }

    [SkippableFact]
    public void Mob_MatrixMarketWithItsOwnSideFiles()
    {
        string folder = RealData.Require("mob_annotated");
        LoadedSlice loaded = Load([("rna", $"{folder}/mob_counts.mtx.gz")], $"{folder}/mob_meta.csv", $"{folder}/mob_meta.csv:layer");
        loaded.Slice.Spots.ShouldBe(262);
        loaded.Slice.Modalities[0].Counts.Columns.ShouldBe(15928);
        loaded.Slice.Modalities[0].Counts.NonZeros.ShouldBe(1424275);
        loaded.Slice.SpotNames[0].ShouldBe("ACAACTATGGGTTGGCGG");
        loaded.Truth!.Categories.Count.ShouldBe(5);
        loaded.Report.LabelledSpots.ShouldBe(260);
    }

    [SkippableTheory]
    [InlineData("visium", 313, 276, 17)]
    [InlineData("merfish", 750, 134, 14)]
    public void Deconvolution_GenesInRows(string data, int spots, int genes, int types)
    {
        string folder = RealData.Require($"deconvolution/{data}");
        LoadedSlice loaded = new SliceLoader(new TableReader()).Load(new SliceRequest
        {
            Modalities = [new ModalityRequest { Name = "rna", Path = $"{folder}/spots_counts.csv", Options = new ReadOptions { FeaturesInRows = true } }],
            Coordinates = CoordinatesSource.Parse($"{folder}/spots_coords.csv"),
        });
        (loaded.Slice.Spots, loaded.Slice.Modalities[0].Counts.Columns).ShouldBe((spots, genes));
        MeasurementTable reference = new TableReader().Read($"{folder}/ref_counts.csv", new ReadOptions { FeaturesInRows = true });
        Data.Text.LabelsReader.Read($"{folder}/ref_cell_types.csv", null, reference.SpotNames).Annotation.Categories.Count.ShouldBe(types);
        new TableReader().Read($"{folder}/spots_nUMI.csv", new ReadOptions()).Values.Columns.ShouldBe(1);
    }

    /// <summary>
    /// Weighted sums over all values ((row mod 7 + 1)(column mod 11 + 1), as stored in the file), computed with pandas and scipy from
    /// float32 values: any value misread or misplaced shows. Sums run in another order: 1e-12 relative.
    /// </summary>
    [SkippableTheory]
    [InlineData("tonsil_protein_metabolite/DonorA_1_protein.csv.gz", false, 44996, 46500839.47027012)]
    [InlineData("tonsil_protein_metabolite/DonorA_2_metabolite.csv.gz", false, 575691, 6001242.162945394)]
    [InlineData("her2_breast/A1.cnts.tsv.gz", false, 799594, 38406195.0)]
    [InlineData("paste_breast_cancer/slice2.csv.gz", false, 356605, 17500464.0)]
    [InlineData("stutility_mob/MOB3.tsv.gz", false, 895464, 62532136.0)]
    [InlineData("starmap_mpfc/20180417_BZ5_counts.csv.gz", false, 53230, 15275522.0)]
    [InlineData("deconvolution/merfish/spots_counts.csv", true, 45776, 5537590.0)]
    [InlineData("mob_annotated/mob_counts.mtx.gz", null, 1424275, 97274533.0)]
    public void Values_OfEveryFile_AsPandasReadsThem(string file, bool? featuresInRows, int nonZeros, double sum)
    {
        MeasurementTable table = new TableReader().Read(RealData.Require(file), new ReadOptions { FeaturesInRows = featuresInRows });
        table.Values.NonZeros.ShouldBe(nonZeros);
        double found = 0;
        for (int spot = 0; spot < table.Values.Rows; spot++)
        {
            for (int e = 0; e < table.Values.RowColumns(spot).Length; e++)
            {
                int feature = table.Values.RowColumns(spot)[e];
                (int row, int column) = featuresInRows == true ? (feature, spot) : (spot, feature);
                found += (double)table.Values.RowValues(spot)[e] * ((row % 7) + 1) * ((column % 11) + 1);
            }
        }

        found.ShouldBe(sum, sum * 1e-12);
    }

    private static LoadedSlice Load((string Name, string Path)[] modalities, string coordinates, string? truth = null) =>
        new SliceLoader(new TableReader()).Load(new SliceRequest
        {
            Modalities = [.. modalities.Select(m => new ModalityRequest { Name = m.Name, Path = m.Path })],
            Coordinates = CoordinatesSource.Parse(coordinates),
            Truth = truth is null ? null : TruthSource.Parse(truth),
        });
}
