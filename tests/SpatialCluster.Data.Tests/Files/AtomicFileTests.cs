using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;
using SpatialCluster.Data.Tests.Text;

namespace SpatialCluster.Data.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Fresh_AndOver()
    {
        string path = _folder.Path("a.txt");
        AtomicFile.Write(path, stream => stream.Write("one"u8));
        AtomicFile.Write(path, stream => stream.Write("two"u8));
        File.ReadAllText(path).ShouldBe("two");
        Directory.GetFiles(_folder.Root).ShouldHaveSingleItem();
    }

    [Fact]
    public void Write_FailingHalfWay_LeavesTheOldFileAndNothingElse()
    {
        string path = _folder.Write("a.txt", "old");
        Should.Throw<OperationCanceledException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Directory.GetFiles(_folder.Root).Length.ShouldBe(2);
            throw new OperationCanceledException();
        }));
        File.ReadAllText(path).ShouldBe("old");
        Directory.GetFiles(_folder.Root).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public void Write_DiskFull_PermanentAndNamed()
    {
        Skip.IfNot(File.Exists("/dev/full"), "there is no /dev/full here");
        string path = _folder.Path("a.txt");
        SpatialClusterException error = Should.Throw<SpatialClusterException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            full.Write(new byte[1 << 16]);
            full.Flush();
        }));
        error.Kind.ShouldBe(FailureKind.Permanent);
        error.Message.ShouldContain(path);
        error.Message.ShouldContain("no space is left");
        Directory.GetFiles(_folder.Root).ShouldBeEmpty();
    }

    [Fact]
    public void WriteByName_ALibraryThatWantsAName_RenamedAtTheEnd()
    {
        string path = _folder.Path("a.h5");
        AtomicFile.WriteByName(path, temporary =>
        {
            Path.GetDirectoryName(temporary).ShouldBe(_folder.Root);
            File.WriteAllText(temporary, "body");
        });
        File.ReadAllText(path).ShouldBe("body");
        Directory.GetFiles(_folder.Root).ShouldHaveSingleItem();
    }

    [Fact]
    public void RequireFolder_MissingOrAFolderItself_Refused()
    {
        AtomicFile.RequireFolder(_folder.Path("a.txt"));
        Should.Throw<BadInputException>(() => AtomicFile.RequireFolder(_folder.Path("x/a.txt"))).Message.ShouldContain("there is no folder");
        Should.Throw<BadInputException>(() => AtomicFile.RequireFolder(_folder.Root)).Message.ShouldContain("is a folder");
    }
}
