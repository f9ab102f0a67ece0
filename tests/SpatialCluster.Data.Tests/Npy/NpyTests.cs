using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.Npy;
using SpatialCluster.Data.Tests.Hdf5;

namespace SpatialCluster.Data.Tests.Npy;

public sealed class NpyTests
{
    private const string Header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    [Fact]
    public void Write_AnyNumbers_AreReadBackToTheBit()
    {
        Check.QuickThrowOnFailure(Prop.ForAll<double[], int[]>((doubles, integers) =>
        {
            ReadList<double>(s => NpyWriter.Write<double>(s, doubles)).Select(BitConverter.DoubleToInt64Bits)
                .ShouldBe(doubles.Select(BitConverter.DoubleToInt64Bits));
            ReadList<int>(s => NpyWriter.Write<int>(s, integers)).ShouldBe(integers);
            ReadList<long>(s => NpyWriter.Write<long>(s, Array.ConvertAll(integers, i => (long)i << 20))).ShouldBe(integers.Select(i => (long)i << 20));
        }));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(5, 0)]
    [InlineData(7, 17)]
    public void Write_AMatrix_IsReadBackWithoutPadding(int rows, int columns)
    {
        using var matrix = new Matrix(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                matrix[row, column] = (row * 31) + column + 0.25f;
        }

        byte[] bytes = Bytes(s => NpyWriter.Write(s, matrix));
        using Matrix read = NpyReader.ReadMatrix(new MemoryStream(bytes), bytes.Length, "m.npy");
        read.Rows.ShouldBe(rows);
        read.Columns.ShouldBe(columns);
        read.ToArray().ShouldBe(matrix.ToArray());
        NpyReader.ReadTable<float>(new MemoryStream(bytes), bytes.Length, "m.npy").Values.ShouldBe(matrix.ToArray());
    }

    [Fact]
    public void Write_AnyShape_BeginsItsNumbersAtAMultipleOf64()
    {
        foreach (int length in (int[])[1, 9, 10, 99_999])
            (Bytes(s => NpyWriter.Write<int>(s, new int[length])).Length - (4 * length)).ShouldBe(128);
    }

    [SkippableFact]
    public void Write_Arrays_AreWhatNumpyReads()
    {
        PythonAnnData.Require();
        using var folder = new TemporaryFolder();
        using Matrix matrix = Matrix.From(2, 3, [1.5f, -2, 3, float.MaxValue, 0, 0.1f]);
        File.WriteAllBytes(folder["m.npy"], Bytes(s => NpyWriter.Write(s, matrix)));
        File.WriteAllBytes(folder["d.npy"], Bytes(s => NpyWriter.Write<double>(s, [0.1, -1e300])));
        File.WriteAllBytes(folder["i.npy"], Bytes(s => NpyWriter.Write<int>(s, 2, 2, [1, -2, 3, int.MinValue])));
        File.WriteAllBytes(folder["l.npy"], Bytes(s => NpyWriter.Write<long>(s, [long.MaxValue])));
        const string Script = """
            import sys, json, numpy as np
            out = []
            for n in "mdil":
                a = np.load(f"{sys.argv[1]}/{n}.npy", allow_pickle=False)
                out.append([a.dtype.str, list(a.shape), [repr(x.item()) for x in a.ravel()], bool(a.flags.c_contiguous)])
                np.save(f"{sys.argv[1]}/{n}2.npy", a)
            print(json.dumps(out))
            """;
        PythonAnnData.Evaluate(Script, folder.Path).GetRawText().ShouldBe(
            """[["<f4", [2, 3], ["1.5", "-2.0", "3.0", "3.4028234663852886e+38", "0.0", "0.10000000149011612"], true], """
            + """["<f8", [2], ["0.1", "-1e+300"], true], ["<i4", [2, 2], ["1", "-2", "3", "-2147483648"], true], ["<i8", [1], ["9223372036854775807"], true]]""");

        // What numpy writes itself is read, too.
        foreach (string name in (string[])["m", "d", "i", "l"])
            File.ReadAllBytes(folder[$"{name}2.npy"]).ShouldBe(File.ReadAllBytes(folder[$"{name}.npy"]));
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "Python objects")]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", "Fortran order")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), }", "'>f4'")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (6,), }", "several fields")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }", "3 dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", "0 dimensions")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }", "1 dimensions where 2")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", "6 numbers of 8 bytes and has 24 bytes")]
    [InlineData("{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }", "'<i4' where '<f4'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647), }", "4,611,686,014,132,420,609 numbers")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, 3), }", "none of a .npy file")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 3), }", "none of a .npy file")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1}", "none of a .npy file")]
    [InlineData("{'descr': '<f4', 'shape': (2, 3), }", "none of a .npy file")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } x", "none of a .npy file")]
    [InlineData("", "none of a .npy file")]
    public void Read_AHeadThatIsNotTaken_IsRefused(string header, string said) =>
        Should.Throw<BadInputException>(() => Read(Npy(header, 24), null)).Message.ShouldContain(said);

    [Theory]
    [InlineData("{ \"shape\":(2,3) , 'fortran_order':False,'descr' : '<f4' }\n")]
    [InlineData(Header)]
    public void Read_AHeadOfAnotherSpelling_IsTaken(string header) => Read(Npy(header, 24), null).ShouldBe(new float[6]);

    [Fact]
    public void Read_AFileCutAnywhere_IsRefused()
    {
        byte[] whole = Npy(Header, 24);
        for (int length = 0; length < whole.Length; length++)
        {
            Should.Throw<BadInputException>(() => Read(whole[..length], null), $"{length} bytes");
            Should.Throw<BadInputException>(() => Read(whole[..length], whole.Length), $"{length} bytes of {whole.Length}");
        }
    }

    [Fact]
    public void Read_AFileWithMoreBehindIt_IsRefused() => Should.Throw<BadInputException>(() => Read([.. Npy(Header, 24), 0], null));

    [Theory]
    [InlineData(0, 'x', "no .npy file")]
    [InlineData(6, 2, "version 2.0")]
    public void Read_AnotherFormat_IsRefused(int place, int value, string said)
    {
        byte[] bytes = Npy(Header, 24);
        bytes[place] = (byte)value;
        Should.Throw<BadInputException>(() => Read(bytes, null)).Message.ShouldContain(said);
    }

    private static float[] Read(byte[] bytes, long? length)
    {
        using Matrix matrix = NpyReader.ReadMatrix(new MemoryStream(bytes), length ?? bytes.Length, "a.npy");
        return matrix.ToArray();
    }

    private static byte[] Npy(string header, int body) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. new byte[body]];

    private static T[] ReadList<T>(Action<Stream> write)
        where T : unmanaged
    {
        byte[] bytes = Bytes(write);
        return NpyReader.ReadList<T>(new MemoryStream(bytes), bytes.Length, "a.npy");
    }

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
