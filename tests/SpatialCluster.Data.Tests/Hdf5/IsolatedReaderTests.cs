using System.Diagnostics;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Isolation;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

public sealed class IsolatedReaderTests
{
    [Fact]
    public void Read_GoodFile_IsTheSameTable()
    {
        string path = Fixture.PathOf("new_csr.h5ad");

        Tables.ShouldBeSame(Reader("read", path).Read(path), Hdf5TableReader.Read(path, new ReadOptions()));
    }

    [Fact]
    public void Read_BadFile_PassesTheReasonOn() =>
        Should.Throw<BadInputException>(() => Reader("read", "/no/such.h5ad").Read("/no/such.h5ad"))
            .Message.ShouldBe("/no/such.h5ad does not exist; check the path.");

    [Fact]
    public void Read_ChildDies_SaysTheFileMadeTheLibraryFail() =>
        Should.Throw<BadInputException>(() => Reader("crash").Read("evil.h5"))
            .Message.ShouldStartWith("evil.h5: the file made the HDF5 library fail");

    [Fact]
    public void Read_ChildHangs_IsEndedInTime()
    {
        var clock = Stopwatch.StartNew();

        Should.Throw<BadInputException>(() => Reader("hang", []).Read("slow.h5")).Message.ShouldContain("within 1");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void Read_ChildTakesTooMuch_IsRefused() =>
        Should.Throw<BadInputException>(() => Reader("greedy").Read("large.h5"));

    [Fact]
    public void Read_NoSuchProgram_IsRefused() =>
        Should.Throw<BadInputException>(() => new IsolatedReader("/no/such/program", []).Read("a.h5")).Message.ShouldContain("not found");

    private static IsolatedReader Reader(string role, params string[] arguments)
    {
        string[] command = ChildEntry.Command(role, arguments);
        return new IsolatedReader(command[0], command[1..])
        {
            Timeout = TimeSpan.FromSeconds(role == "hang" ? 1 : 30),
            MemoryLimitBytes = 512L << 20,
        };
    }
}
