namespace SpatialCluster.Cli.Tests.Integration;

/// <summary>Each kind of bad input: exit code 2, a sentence that names the way out, and no file left behind.</summary>
public sealed class BadInputTests(SmallSlice slice) : IClassFixture<SmallSlice>
{
    private const string Places = "spot,x,y\na,0,0\nb,0,1\nc,1,0\nd,1,1\ne,2,0\nf,2,1\n";
    private const string Counts = "spot,g1,g2,g3\na,1,2,5\nb,2,3,1\nc,4,1,0\nd,1,1,2\ne,3,0,1\nf,2,2,2\n";

    [Theory]
    [InlineData("There is no file", "--modality", "rna=nowhere.h5ad")]
    [InlineData("no folder", "--report", "nowhere/r.html")]
    [InlineData("no folder", "--picture", "nowhere/d.png")]
    [InlineData("no folder", "--save-model", "nowhere/m")]
    [InlineData(".png or .svg", "--picture", "d.jpg")]
    [InlineData("no layer 'none'", "--layer", "rna=none")]
    [InlineData("--neighbors", "--neighbors", "144")]
    [InlineData("--cluster-neighbors", "--cluster-neighbors", "144")]
    [InlineData("lower --domains", "--domains", "145")]
    [InlineData("--components", "--components", "rna=61")]
    [InlineData("--memory-limit", "--memory-limit", "1KB")]
    [InlineData("obs", "--truth", "obs:none")]
    [InlineData("There is no file", "--coordinates", "none.csv")]
    public void Integrate_BadOption_Exits2AndLeavesNothing(string hint, string option, string value)
    {
        string folder = slice.NewFolder();
        string[] arguments = option == "--modality"
            ? ["integrate", option, value, "--out", Path.Combine(folder, "o.h5ad")]
            : slice.Integrate(Path.Combine(folder, "o.h5ad"), option, value);
        ShouldFail(folder, hint, arguments);
    }

    [Fact]
    public void Integrate_OutputFolderMissing_FailsBeforeReading()
    {
        CommandRun run = CommandRun.Of("integrate", "--modality", $"rna={slice.Rna}", "--out", Path.Combine(slice.Root, "nowhere", "o.h5ad"));
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("create it or choose another output");
        run.Error.ShouldNotContain("read\n");
    }

    [Fact]
    public void Integrate_NotHdf5_IsSaid()
    {
        string folder = slice.NewFolder();
        string input = Path.Combine(slice.NewFolder(), "rna.h5ad");
        File.WriteAllText(input, "hello");
        ShouldFail(folder, "HDF5", "integrate", "--modality", $"rna={input}", "--out", Path.Combine(folder, "o.h5ad"));
    }

    [Fact]
    public void Integrate_DamagedFileUntrusted_IsSaid()
    {
        string folder = slice.NewFolder();
        string input = Path.Combine(slice.NewFolder(), "rna.h5ad");
        byte[] bytes = File.ReadAllBytes(slice.Rna);
        File.WriteAllBytes(input, bytes[..(bytes.Length / 2)]);
        ShouldFail(folder, input, "integrate", "--modality", $"rna={input}", "--untrusted", "--out", Path.Combine(folder, "o.h5ad"));
    }

    [Theory]
    [InlineData("no coordinates", Counts, null)]
    [InlineData("negative", "spot,g1,g2\na,1,-2\nb,2,3\nc,4,1\nd,1,1\ne,3,0\nf,2,2\n", Places)]
    [InlineData("line 2", "spot,g1,g2\na,1,nan\nb,2,3\nc,4,1\nd,1,1\ne,3,0\nf,2,2\n", Places)]
    [InlineData("'a' stands on lines", "spot,g1,g2\na,1,2\na,2,3\nc,4,1\nd,1,1\ne,3,0\nf,2,2\n", Places)]
    [InlineData("none of the 6 spots", "spot,g1,g2\nu,1,2\nv,2,3\nw,4,1\nx,1,1\ny,3,0\nz,2,2\n", "spot,x,y\na,0,0\nb,0,1\n")]
    public void Integrate_BadTable_Exits2AndLeavesNothing(string hint, string counts, string? places)
    {
        string folder = slice.NewFolder(), inputs = slice.NewFolder();
        File.WriteAllText(Path.Combine(inputs, "rna.csv"), counts);
        var arguments = new List<string> { "integrate", "--modality", $"rna={inputs}/rna.csv", "--min-spots", "1", "--out", Path.Combine(folder, "o.h5ad") };
        if (places is not null)
        {
            File.WriteAllText(Path.Combine(inputs, "xy.csv"), places);
            arguments.AddRange(["--coordinates", Path.Combine(inputs, "xy.csv")]);
        }

        ShouldFail(folder, hint, [.. arguments]);
    }

    [Fact]
    public void Integrate_ModalitiesWithoutCommonSpots_IsRefused()
    {
        string folder = slice.NewFolder(), inputs = slice.NewFolder();
        File.WriteAllText(Path.Combine(inputs, "rna.csv"), Counts);
        File.WriteAllText(Path.Combine(inputs, "protein.csv"), Counts.Replace("\n", "\nz", StringComparison.Ordinal)[..^1]);
        File.WriteAllText(Path.Combine(inputs, "xy.csv"), Places);
        ShouldFail(
            folder, "common", "integrate", "--modality", $"rna={inputs}/rna.csv", "--modality", $"protein={inputs}/protein.csv", "--coordinates", Path.Combine(inputs, "xy.csv"), "--out", Path.Combine(folder, "o.h5ad"));
    }

    [Fact]
    public void Integrate_OutputIsAnInput_IsRefused()
    {
        CommandRun run = CommandRun.Of("integrate", "--modality", $"rna={slice.Rna}", "--out", slice.Rna);
        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("an input and an output");
    }

    [Fact]
    public void Integrate_LastOutputFails_RemovesTheOthers()
    {
        string folder = slice.NewFolder();
        string blocked = Path.Combine(folder, "blocked");
        Directory.CreateDirectory(blocked);
        // The folder vanishes between the checks and the writing.
        using var error = new DeletingWriter("write", blocked);
        CommandRun run = CommandRun.With(context => context with { Error = error }, slice.Integrate(Path.Combine(blocked, "o.h5ad"), "--csv", Path.Combine(folder, "d.csv"), "--report", Path.Combine(folder, "r.html")));
        run.ExitCode.ShouldBe(2, error.ToString());
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    public void Integrate_LastOutputFails_OlderFilesStay()
    {
        string folder = slice.NewFolder(), blocked = Directory.CreateDirectory(Path.Combine(folder, "blocked")).FullName;
        string table = Path.Combine(folder, "d.csv"), report = Path.Combine(folder, "r.html");
        File.WriteAllText(table, "older table");
        File.WriteAllText(report, "older report");
        using var error = new DeletingWriter("write", blocked);
        CommandRun run = CommandRun.With(context => context with { Error = error }, slice.Integrate(Path.Combine(blocked, "o.h5ad"), "--csv", table, "--report", report));
        run.ExitCode.ShouldBe(2, error.ToString());
        File.ReadAllText(table).ShouldBe("older table");
        File.ReadAllText(report).ShouldBe("older report");
        Directory.GetFileSystemEntries(folder).Length.ShouldBe(2);
    }

    private static void ShouldFail(string folder, string hint, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        run.ExitCode.ShouldBe(2, run.Error);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(hint);
        run.Error.ShouldNotContain("   at ");
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }

    private sealed class DeletingWriter(string line, string folder) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value == line)
                Directory.Delete(folder, recursive: true);
        }
    }
}
