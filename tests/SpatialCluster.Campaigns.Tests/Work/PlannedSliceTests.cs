using System.Globalization;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Tests.Work;

/// <summary>Files of each kind on their way from a document through plan and store into a slice, with the originals gone in between.</summary>
public sealed class PlannedSliceTests : IDisposable
{
    private static readonly string[] s_spots = ["AAA-1", "CCC-1", "GGG-1", "TTT-1"];

    // Spots × features; no row, column or value twice, so that whatever is turned round shows.
    private static readonly float[,] s_rna = { { 1, 0, 2, 0 }, { 0, 3, 0, 4 }, { 5, 0, 0, 6 }, { 7, 8, 0, 0 } };
    private static readonly float[,] s_protein = { { 11, 12 }, { 13, 0 }, { 0, 14 }, { 15, 16 } };

    private readonly MemoryGrainContext _context = new(1);
    private readonly string _top = Directory.CreateTempSubdirectory("campaign-slices-").FullName;
    private readonly FileSystemArtifactStore _store;

    public PlannedSliceTests() => _store = FileSystemArtifactStore.Open(Path.Combine(_top, "store"), create: true);

    [Fact]
    public async Task Run_TenxFolderAndAnnData_AreOneSlice()
    {
        WriteTenx("own/spleen");
        Write("own/spleen/spatial/tissue_positions_list.csv", string.Concat(s_spots.Select((spot, i) => $"{spot},1,0,{i},{10 + i},{20 + (3 * i)}\n")));
        string h5ad = Path.Combine(_top, "own", "adt.h5ad");
        AnnDataWriter.Write(h5ad, new AnnDataDocument
        {
            SpotNames = [.. s_spots.Reverse()],
            FeatureNames = ["p0", "p1"],
            X = Csr(s_protein, reversed: true),
            SpotColumns = [DocumentColumn.Of(new SpotAnnotation("layer", [1, 1, 0, 0], ["outer", "inner"]))],
        });
        StoredSlice stored = await Load(
            """
              - name: spleen
                modalities:
                  rna: { file: spleen }
                  adt: { file: adt.h5ad }
                truth: obs:layer
            """);
        ShouldBeTheSpots(stored);
        stored.Slice.Coordinates.X.ShouldBe([20, 23, 26, 29]);
        stored.Slice.Coordinates.Y.ShouldBe([10, 11, 12, 13]);
        stored.Truth!.Codes.Select(c => stored.Truth.Categories[c]).ShouldBe(["outer", "outer", "inner", "inner"]);
    }

    [Fact]
    public async Task Run_TablesWithPlacesAndTruth_AreOneSlice()
    {
        Write("own/a/counts.csv", Table(s_rna, "g"));
        Write("own/b/counts.csv", "feature," + string.Join(',', s_spots) + "\n" + string.Concat(Enumerable.Range(0, 2).Select(f => $"p{f}," + string.Join(',', Enumerable.Range(0, 4).Select(s => Text(s_protein[s, f]))) + "\n")));
        Write("own/places.csv", "spot,x,y,layer\n" + string.Concat(s_spots.Select((spot, i) => $"{spot},{i}.5,-{i},{(i < 2 ? "outer" : "inner")}\n")));
        StoredSlice stored = await Load(
            """
              - name: tonsil
                modalities:
                  rna: { file: a/counts.csv }
                  adt: { file: b/counts.csv, features-in-rows: true }
                coordinates: places.csv:spot,x,y
                truth: places.csv:layer
            """);
        ShouldBeTheSpots(stored);
        stored.Slice.Coordinates.X.ShouldBe([0.5, 1.5, 2.5, 3.5]);
        stored.Slice.Coordinates.Y.ShouldBe([0, -1, -2, -3]);
        stored.Truth!.Codes.Select(c => stored.Truth.Categories[c]).ShouldBe(["outer", "outer", "inner", "inner"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", features-in-rows: true")]
    [InlineData(", features-in-rows: false")]
    public async Task Run_ASquareMatrix_StandsAsItIsSaidTo(string said)
    {
        // Four genes and four spots: the names fit either way, and 10x has genes in rows.
        bool genesInRows = !said.EndsWith("false", StringComparison.Ordinal);
        WriteTenx("own/spleen", genesInRows);
        Write("own/places.csv", "spot,x,y\n" + string.Concat(s_spots.Select((spot, i) => $"{spot},{i},0\n")));
        StoredSlice stored = await Load(
            $$"""
              - name: spleen
                modalities:
                  rna: { file: spleen/matrix.mtx{{said}} }
                coordinates: places.csv:spot,x,y
                domains: 2
            """);
        Dense(stored.Slice.Modalities[0].Counts).ShouldBe(s_rna.Cast<float>());
    }

    public void Dispose()
    {
        _context.Dispose();
        _store.Dispose();
        Directory.Delete(_top, recursive: true);
    }

    private async Task<StoredSlice> Load(string dataset)
    {
        string own = Path.Combine(_top, "own");
        CampaignDocument document = CampaignReader.Parse(
            $"name: own\ndatasets:\n{dataset}\nmethods: [pca]\nevaluation: {{ neighbors: 2 }}\n", "own.yaml", new CampaignReadOptions { Folder = own });
        PlannedCampaign campaign = CampaignPlanner.Plan(document, new StoreIngest(_store));
        Directory.Delete(own, recursive: true);
        var content = new ContentStore(_store);
        foreach (ContentDigest input in campaign.Plan.Inputs)
            _context.Blob(await content.ReadAsync(input)).ShouldBe(input);
        GrainResult slice = _context.Run(campaign.Specs.Values.OfType<SliceSpec>().ShouldHaveSingleItem());
        return StoredSlice.Load(slice, _context.Open, _context.CopyToFile, _context.ScratchFolder);
    }

    private static void ShouldBeTheSpots(StoredSlice stored)
    {
        stored.Slice.SpotNames.ShouldBe(s_spots);
        stored.Slice.Modalities.Select(m => (m.Name, m.Kind)).ShouldBe([("rna", ModalityKind.Rna), ("adt", ModalityKind.Protein)]);
        stored.Slice.Modalities[0].FeatureNames.ShouldBe(["g0", "g1", "g2", "g3"]);
        stored.Slice.Modalities[1].FeatureNames.ShouldBe(["p0", "p1"]);
        Dense(stored.Slice.Modalities[0].Counts).ShouldBe(s_rna.Cast<float>());
        Dense(stored.Slice.Modalities[1].Counts).ShouldBe(s_protein.Cast<float>());
    }

    private void WriteTenx(string folder, bool genesInRows = true)
    {
        var entries = new List<string>();
        for (int spot = 0; spot < 4; spot++)
        {
            for (int gene = 0; gene < 4; gene++)
            {
                if (s_rna[spot, gene] != 0)
                    entries.Add(genesInRows ? $"{gene + 1} {spot + 1} {Text(s_rna[spot, gene])}\n" : $"{spot + 1} {gene + 1} {Text(s_rna[spot, gene])}\n");
            }
        }

        Write($"{folder}/matrix.mtx", $"%%MatrixMarket matrix coordinate integer general\n4 4 {entries.Count}\n{string.Concat(entries)}");
        Write($"{folder}/barcodes.tsv", string.Join('\n', s_spots) + "\n");
        Write($"{folder}/features.tsv", "g0\ng1\ng2\ng3\n");
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_top, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Table(float[,] values, string feature) =>
        "spot," + string.Join(',', Enumerable.Range(0, values.GetLength(1)).Select(f => $"{feature}{f}")) + "\n"
        + string.Concat(s_spots.Select((spot, s) => $"{spot}," + string.Join(',', Enumerable.Range(0, values.GetLength(1)).Select(f => Text(values[s, f]))) + "\n"));

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static CsrMatrix Csr(float[,] values, bool reversed)
    {
        int rows = values.GetLength(0), columns = values.GetLength(1);
        var pointers = new long[rows + 1];
        var indices = new List<int>();
        var kept = new List<float>();
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                float value = values[reversed ? rows - 1 - row : row, column];
                if (value == 0)
                    continue;
                indices.Add(column);
                kept.Add(value);
            }

            pointers[row + 1] = indices.Count;
        }

        return new CsrMatrix(rows, columns, pointers, [.. indices], [.. kept]);
    }

    private static float[] Dense(CsrMatrix counts)
    {
        var dense = new float[counts.Rows * counts.Columns];
        for (int row = 0; row < counts.Rows; row++)
        {
            for (long e = counts.RowPointers[row]; e < counts.RowPointers[row + 1]; e++)
                dense[(row * counts.Columns) + counts.ColumnIndices[e]] = counts.Values[e];
        }

        return dense;
    }
}
