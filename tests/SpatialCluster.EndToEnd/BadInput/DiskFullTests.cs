using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.BadInput;

/// <summary>No room for the output: said in a sentence, and no output is left.</summary>
public sealed class DiskFullTests(Workplace workplace) : IClassFixture<Workplace>
{
    // The report and the table take about 40 KB, the .h5ad file about 135 KB: too little for the first, for the last, and
    // for the last bytes of the last, which the library writes as it closes the file.
    [SkippableTheory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(160)]
    public void Integrate_NoRoom_ExitsWith2AndLeavesNoOutput(int kilobytes)
    {
        using SmallDisk disk = SmallDisk.Require(workplace.NewFolder(), kilobytes);
        Workplace.Integrate(disk.Root, "--modality", $"rna={workplace.Rna}", "--report", "r.html", "--csv", "d.csv").ShouldBeRefused("o space", "free s");
        // What the training has learnt stays, where it fits, so that --resume need only write.
        Directory.GetFileSystemEntries(disk.Root).Select(Path.GetFileName).ShouldBeSubsetOf(["o.h5ad.checkpoint"]);
    }

    // The same without the right to mount: every file ends at 100 KB.
    [Fact]
    public void Integrate_FileMayNotGrow_ExitsWith2AndLeavesNoOutput()
    {
        string folder = workplace.NewFolder();
        CliProcess.RunWithFileLimit(folder, 100, ["integrate", .. Workplace.Small, "--modality", $"rna={workplace.Rna}", "--out", "o.h5ad", "--csv", "d.csv"])
            .ShouldBeRefused("o.h5ad", "allows no file of this size");
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ShouldBeSubsetOf(["o.h5ad.checkpoint"]);
    }
}
