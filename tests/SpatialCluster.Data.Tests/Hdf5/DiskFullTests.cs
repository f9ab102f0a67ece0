using System.Diagnostics;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class DiskFullTests
{
    // A limit on the size of files fails writes as a full disk does, and needs no rights.
    [Fact]
    public async Task Write_NoRoom_NamesThePathAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        string[] command = ChildEntry.Command("write-full", folder["a.h5ad"]);
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in (string[])["-c", "trap '' XFSZ; ulimit -f 2000; exec \"$0\" \"$@\"", .. command])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string said = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();

        child.ExitCode.ShouldBe(0, await errors);
        said.Trim().ShouldBe($"Permanent: {folder["a.h5ad"]} could not be written: {Path.GetDirectoryName(folder["a.h5ad"])} allows no file of this size; choose another output.");
        folder.Files.ShouldBeEmpty();
    }
}
