namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>Ctrl-C in a training, and what comes after it.</summary>
public sealed class InterruptTests(Workplace workplace) : IClassFixture<Workplace>
{
    [Fact]
    public void Integrate_InterruptedAndResumed_GivesTheBytesOfAnUndisturbedRun()
    {
        string slice = workplace.Simulate("larger", "24"), folder = workplace.NewFolder(), undisturbed = workplace.NewFolder();
        string[] arguments = ["integrate", "--modality", $"rna={slice}/rna.h5ad", "--modality", $"protein={slice}/protein.h5ad", "--epochs", "150", "--out", "o.h5ad", "--json"];
        using (CliProcess running = CliProcess.Start(folder, arguments))
        {
            running.InterruptAt("train");
            CliResult interrupted = running.Finish();
            interrupted.ExitCode.ShouldBe(3, interrupted.Error);
            interrupted.Output.ShouldBeEmpty();
            interrupted.Complaint.ShouldContain("--resume");
        }

        string checkpoint = Path.Combine(folder, "o.h5ad.checkpoint");
        Directory.GetFileSystemEntries(folder).ShouldBe([checkpoint]);
        DamagedCopyIsRefused(checkpoint, arguments);

        CliProcess.Run(folder, [.. arguments, "--resume"]).ShouldSucceed().Number("epochs").ShouldBe(150);
        CliProcess.Run(undisturbed, arguments).ShouldSucceed();
        File.ReadAllBytes(Path.Combine(folder, "o.h5ad")).ShouldBe(File.ReadAllBytes(Path.Combine(undisturbed, "o.h5ad")));
        Directory.GetFileSystemEntries(folder).Length.ShouldBe(1);
    }

    private void DamagedCopyIsRefused(string checkpoint, string[] arguments)
    {
        string folder = workplace.NewFolder();
        byte[] bytes = File.ReadAllBytes(checkpoint);
        File.WriteAllBytes(Path.Combine(folder, "o.h5ad.checkpoint"), bytes[..(bytes.Length * 2 / 3)]);
        CliProcess.Run(folder, [.. arguments, "--resume"]).ShouldBeRefused("o.h5ad.checkpoint");
        Directory.GetFiles(folder).Length.ShouldBe(1);
    }
}
