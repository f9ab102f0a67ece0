using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;
using SpatialCluster.Data.Tests.Text;

namespace SpatialCluster.Data.Tests.Files;

public sealed class OutputSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Publish_AllWritten_GivesThemTheirNames()
    {
        string old = _folder.Write("a.txt", "old"), fresh = _folder.Path("b.txt");
        using (var set = new OutputSet())
        {
            AtomicFile.Write(old, stream => stream.Write("new"u8), set);
            AtomicFile.Write(fresh, stream => stream.Write("new"u8), set);
            File.ReadAllText(old).ShouldBe("old");
            File.Exists(fresh).ShouldBeFalse();
            set.Publish();
        }

        File.ReadAllText(old).ShouldBe("new");
        File.ReadAllText(fresh).ShouldBe("new");
        Directory.GetFiles(_folder.Root).Length.ShouldBe(2);
    }

    [Fact]
    public void Dispose_ALaterFileFailed_LeavesOlderFilesAndNothingElse()
    {
        string old = _folder.Write("a.txt", "old");
        Should.Throw<OperationCanceledException>(() =>
        {
            using var set = new OutputSet();
            AtomicFile.Write(old, stream => stream.Write("new"u8), set);
            AtomicFile.Write(_folder.Path("b.txt"), _ => throw new OperationCanceledException(), set);
        });
        File.ReadAllText(old).ShouldBe("old");
        Directory.GetFiles(_folder.Root).ShouldHaveSingleItem();
    }

    [Fact]
    public void Publish_ANameCannotBeTaken_GivesBackThoseTakenBefore()
    {
        string old = _folder.Write("a.txt", "old"), fresh = _folder.Path("b.txt"), blocked = _folder.Path("c.txt"), after = _folder.Write("d.txt", "old");
        using (var set = new OutputSet())
        {
            foreach (string path in (string[])[old, fresh, blocked, after])
                AtomicFile.Write(path, stream => stream.Write("new"u8), set);
            Directory.CreateDirectory(Path.Combine(blocked, "in the way"));
            Should.Throw<SpatialClusterException>(set.Publish).Message.ShouldContain(blocked);
        }

        File.ReadAllText(old).ShouldBe("old");
        File.ReadAllText(after).ShouldBe("old");
        Directory.GetFiles(_folder.Root).Select(Path.GetFileName).Order().ShouldBe(["a.txt", "d.txt"]);
    }
}
