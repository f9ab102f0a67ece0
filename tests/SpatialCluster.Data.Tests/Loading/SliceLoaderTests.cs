using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Tests.Text;

namespace SpatialCluster.Data.Tests.Loading;

public sealed class SliceLoaderTests : IDisposable
{
    private const string Places = "spot,x,y\na,1,2\nb,3,4\nc,5,6\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_TwoModalities_JoinedInTheOrderOfTheFirst()
    {
        LoadedSlice loaded = Load(
            Modality("rna", ",g1,g2,g3\nc,3,0,0\na,0,1,0\nb,0,0,0\n"),
            Modality("protein", ",CD3\na,10\nb,20\nc,30\n"));
        Slice slice = loaded.Slice;
        slice.Name.ShouldBe("rna");
        slice.SpotNames.ShouldBe(["c", "a", "b"]);
        slice.Coordinates.X.ShouldBe([5.0, 1, 3]);
        slice.Modalities[0].Kind.ShouldBe(ModalityKind.Rna);
        Dense.Of(slice.Modalities[0].Counts).ShouldBe([[3f, 0f, 0f], [0f, 1f, 0f], [0f, 0f, 0f]]);
        slice.Modalities[1].Kind.ShouldBe(ModalityKind.Protein);
        Dense.Of(slice.Modalities[1].Counts).ShouldBe([[30f], [10f], [20f]]);

        ModalityReport rna = loaded.Report.Modalities[0];
        (rna.EmptySpots, rna.EmptySpotNames.ShouldHaveSingleItem()).ShouldBe((1, "b"));
        (rna.EmptyFeatures, rna.EmptyFeatureNames.ShouldHaveSingleItem()).ShouldBe((1, "g3"));
        (rna.NonZeros, rna.Minimum, rna.Maximum, rna.WholeNumbers).ShouldBe((2, 0f, 3f, true));
        loaded.Report.Modalities[1].Minimum.ShouldBe(10f);
        Sentences(loaded).ShouldContain("rna: 1 of 3 spots have no counts (b).");
        Sentences(loaded).ShouldContain("rna: 1 of 3 features are zero in every spot (g3).");
    }

    [Fact]
    public void Load_FewUnmatched_ReportedAndLeftOut()
    {
        string Rows(int from, int to) => ",g\n" + string.Concat(Enumerable.Range(from, to - from).Select(i => $"{i}x0,1\n"));
        LoadedSlice loaded = new SliceLoader(new TableReader()).Load(new SliceRequest
        {
            Modalities = [Modality("rna", Rows(0, 100)), Modality("adt", Rows(4, 102))],
            Coordinates = CoordinatesSource.SpotNames,
        });
        loaded.Slice.Spots.ShouldBe(96);
        loaded.Report.UnmatchedSpots.ShouldBe(6);
        Sentences(loaded).ShouldContain(s => s.StartsWith("96 of 100 spots are in all modalities (rna has 100, adt has 98)"));
    }

    [Fact]
    public void Load_UnmatchedBelowTheShare_RefusedUnlessAllowed()
    {
        ModalityRequest[] modalities = [Modality("rna", ",g\na,1\nb,2\n"), Modality("adt", ",g\nb,1\nc,2\n")];
        Refused(modalities).ShouldBe("Only 1 of 2 spots are in all modalities (rna has 2, adt has 2), fewer than 95 %; check that the files are of one slice, or say --allow-unmatched to go on with those.");
        LoadedSlice allowed = new SliceLoader(new TableReader()).Load(Request(modalities) with { AllowUnmatched = true });
        allowed.Slice.SpotNames.ShouldBe(["b"]);
        allowed.Report.UnmatchedSpots.ShouldBe(2);
    }

    [Fact]
    public void Load_NothingInCommon_RefusedEvenWhenAllowed()
    {
        ModalityRequest[] modalities = [Modality("rna", ",g\na,1\nb,2\n"), Modality("adt", ",g\nq,1\nr,2\n")];
        string message = Should.Throw<BadInputException>(() => new SliceLoader(new TableReader()).Load(Request(modalities) with { AllowUnmatched = true })).Message;
        message.ShouldContain("no spot in common");
        message.ShouldContain("'q' against 'a'");
        ModalityRequest turned = Modality("protein", ",a,b\nCD3,1,2\n");
        Refused(modalities[0], turned).ShouldContain("--features-in-rows protein");
    }

    [Fact]
    public void Load_NegativeCounts_RefusedWithTheWaysOut()
    {
        ModalityRequest scaled = Modality("rna", ",g1,g2\na,1,0\nb,-0.5,2\nc,1,1\n");
        string message = Refused(scaled);
        foreach (string part in new[] { "1 negative values (first in spot 'b', feature 'g1')", "give a file that holds the counts", "--preprocessed rna" })
            message.ShouldContain(part);
        message.ShouldNotContain("--layer");
        Load(scaled with { Preprocessed = true }).Report.Modalities[0].Minimum.ShouldBe(-0.5f);
        Refused(Modality("metabolite", ",m1\na,-1\nb,1\nc,1\n")).ShouldContain("where intensities are expected");
    }

    [Fact]
    public void Load_FractionsWhereCountsAreExpected_Warned()
    {
        const string content = ",g1\na,1.5\nb,2\nc,1\n";
        LoadNote note = Load(Modality("rna", content)).Report.Notes.Single(n => n.Sentence.Contains("whole numbers"));
        note.Severity.ShouldBe(LoadSeverity.Warning);
        note.Sentence.ShouldContain("1 of 3 values");
        Sentences(Load(Modality("rna", content) with { FractionsExpected = true })).ShouldNotContain(s => s.Contains("whole numbers"));
        Sentences(Load(Modality("metabolite", content))).ShouldNotContain(s => s.Contains("whole numbers"));
    }

    [Fact]
    public void Load_NamesOfModalities_Checked()
    {
        ModalityRequest rna = Modality("rna", ",g\na,1\nb,2\nc,1\n");
        Refused(rna, rna with { Name = "RNA" }).ShouldContain("Two modalities are called 'RNA'");
        Refused(rna with { Name = "mystery" }).ShouldContain("--kind mystery=rna");
        Refused().ShouldContain("needs a modality");
        Load(rna with { Name = "mystery", Kind = ModalityKind.Atac }).Slice.Modalities[0].Kind.ShouldBe(ModalityKind.Atac);
    }

    [Theory]
    [InlineData("rna", ModalityKind.Rna)]
    [InlineData("spleen_ADT", ModalityKind.Protein)]
    [InlineData("peaks", ModalityKind.Atac)]
    [InlineData("H3K27ac", ModalityKind.Histone)]
    [InlineData("metabolites", ModalityKind.Metabolite)]
    [InlineData("internal", null)]
    public void Infer_Name_Kind(string name, ModalityKind? kind) => ModalityKinds.Infer(name).ShouldBe(kind);

    [Fact]
    public void Load_NoCoordinates_RefusedWithTheWayOut()
    {
        SliceRequest request = Request(Modality("rna", ",g\n1x2,1\n3x4,2\n")) with { Coordinates = null };
        string message = Should.Throw<BadInputException>(() => new SliceLoader(new TableReader()).Load(request)).Message;
        message.ShouldContain("--coordinates xy.csv");
        message.ShouldContain("--coordinates names");
    }

    [Fact]
    public void Load_TwoSpotsAtOnePlace_ReportedAndKept()
    {
        LoadedSlice loaded = new SliceLoader(new TableReader()).Load(Request(Modality("rna", ",g\na,1\nb,2\nc,1\n")) with
        {
            Coordinates = CoordinatesSource.File(_folder.Write("same.csv", "spot,x,y\na,1,2\nb,3,4\nc,1,2\n")),
        });
        loaded.Slice.Spots.ShouldBe(3);
        loaded.Report.SpotsAtTakenPlaces.ShouldBe(1);
        Sentences(loaded).ShouldContain(s => s.Contains("'c' at that of 'a'"));
    }

    [Fact]
    public void Load_SpotsWithoutPlaceOrOffTissue_LeftOutAndCounted()
    {
        string counts = ",g\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"s{i},1\n"));
        string places = "spot,x,y,in_tissue\n" + string.Concat(Enumerable.Range(0, 39).Select(i => $"s{i},{i},0,{(i % 3 == 0 ? 0 : 1)}\n"));
        SliceRequest request = Request(Modality("rna", counts)) with { Coordinates = CoordinatesSource.File(_folder.Write("t.csv", places)) };
        LoadReport report = new SliceLoader(new TableReader()).Load(request).Report;
        (report.Spots, report.UnplacedSpots, report.OffTissueSpots).ShouldBe((26, 1, 13));
        new SliceLoader(new TableReader()).Load(request with { KeepOffTissue = true }).Report.Spots.ShouldBe(39);
        SliceRequest few = request with { Coordinates = CoordinatesSource.File(_folder.Write("few.csv", "spot,x,y\ns0,1,2\ns1,2,2\n")) };
        Should.Throw<BadInputException>(() => new SliceLoader(new TableReader()).Load(few)).Message.ShouldContain("Only 2 of 40 spots have coordinates");
        new SliceLoader(new TableReader()).Load(few with { AllowUnmatched = true }).Slice.SpotNames.ShouldBe(["s0", "s1"]);
    }

    [Fact]
    public void Load_TruthFromAFile_InSliceOrder()
    {
        LoadedSlice loaded = new SliceLoader(new TableReader()).Load(Request(Modality("rna", ",g\nc,1\na,2\nb,1\n")) with
        {
            Truth = TruthSource.Parse(_folder.Write("t.csv", "spot,domain\na,u\nb,NA\nc,v\n") + ":domain"),
        });
        loaded.Truth.ShouldNotBeNull().Codes.ShouldBe([1, 0, -1]);
        loaded.Report.LabelledSpots.ShouldBe(2);
        Sentences(loaded).ShouldContain(s => s.Contains("1 of 3 spots have no label in 'domain'"));
    }

    [Fact]
    public void Load_MissingFile_NamesIt() =>
        Refused(new ModalityRequest { Name = "rna", Path = _folder.Path("none.h5ad") }).ShouldContain("There is no file " + _folder.Path("none.h5ad"));

    [Fact]
    public void Parse_CoordinatesAndTruth_Spellings()
    {
        CoordinatesSource.Parse("names").Path.ShouldBeNull();
        CoordinatesSource.Parse("xy.csv").Columns.ShouldBeNull();
        CoordinatesSource source = CoordinatesSource.Parse("xy.csv:id, u ,v");
        (source.Path, source.Columns!.Spot, source.Columns.X, source.Columns.Y).ShouldBe(("xy.csv", "id", "u", "v"));
        Should.Throw<BadInputException>(() => CoordinatesSource.Parse("xy.csv:u"));
        (TruthSource.Parse("obs:gt").Path, TruthSource.Parse("obs:gt").Column).ShouldBe((null, "gt"));
        TruthSource.Parse("l.csv:id,gt").SpotColumn.ShouldBe("id");
        Should.Throw<BadInputException>(() => TruthSource.Parse("l.csv:"));
    }

    private ModalityRequest Modality(string name, string content) => new() { Name = name, Path = _folder.Write(name + ".csv", content) };

    private SliceRequest Request(params ModalityRequest[] modalities) => new()
    {
        Modalities = modalities,
        Coordinates = CoordinatesSource.File(_folder.Write("places.csv", Places)),
    };

    private LoadedSlice Load(params ModalityRequest[] modalities) => new SliceLoader(new TableReader()).Load(Request(modalities));

    private string Refused(params ModalityRequest[] modalities) => Should.Throw<BadInputException>(() => Load(modalities)).Message;

    private static IEnumerable<string> Sentences(LoadedSlice loaded) => loaded.Report.Notes.Select(note => note.Sentence);
}
