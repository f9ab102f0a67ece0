using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Data.Tests.Text;

namespace SpatialCluster.Data.Tests.Loading;

public sealed class TableReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Hdf5BySignatureOrExtension_GoesToItsReader()
    {
        var asked = new List<string>();
        var reader = new TableReader(new Hdf5Format((path, options) =>
        {
            asked.Add($"{Path.GetFileName(path)} {options.Layer}");
            throw new BadInputException("seen");
        }));
        string signed = _folder.Write("unnamed", [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0]);
        string named = _folder.Write("a.h5ad", "no such thing");
        Should.Throw<BadInputException>(() => reader.Read(signed, new ReadOptions { Layer = "counts" }));
        Should.Throw<BadInputException>(() => reader.Read(named, new ReadOptions()));
        asked.ShouldBe(["unnamed counts", "a.h5ad "]);
        Should.Throw<BadInputException>(() => new TableReader().Read(signed, new ReadOptions())).Message.ShouldContain("not a text file");
    }

    [Fact]
    public void Read_MatrixMarketBySignature_WhateverItsName()
    {
        string path = _folder.Write("counts.txt", "%%MatrixMarket matrix coordinate integer general\n1 2 1\n1 2 3\n");
        new TableReader().Read(path, new ReadOptions()).Values.Rows.ShouldBe(2);
    }

    [Fact]
    public void Read_AFolder_Is10x()
    {
        _folder.Write("matrix.mtx", "%%MatrixMarket matrix coordinate integer general\n1 2 1\n1 2 3\n");
        new TableReader().Read(_folder.Root, new ReadOptions()).Values.NonZeros.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/no/such/file.csv")]
    public void Read_Nothing_Refused(string path) => Should.Throw<BadInputException>(() => new TableReader().Read(path, new ReadOptions()));
}
