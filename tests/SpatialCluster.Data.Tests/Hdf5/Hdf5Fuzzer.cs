using System.Diagnostics;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

/// <summary>Damages the fixtures and reads them; runs in a child process, because libhdf5 itself may not survive it.</summary>
internal static class Hdf5Fuzzer
{
    private const long MostAllocated = 192L << 20;

    /// <summary>Runs some cases, and says for each on a line of its own how it went.</summary>
    public static void Run(int first, int end, string scratch)
    {
        for (int number = first; number < end; number++)
        {
            Console.Out.WriteLine($"case {number}");
            Console.Out.Flush();
            (string name, byte[] bytes) = Case(number);
            File.WriteAllBytes(scratch, bytes);
            var clock = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            string outcome = Read(scratch, name, number);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > MostAllocated)
                outcome = $"FAILED: allocated {allocated} bytes";
            if (clock.Elapsed > TimeSpan.FromSeconds(5))
                outcome = $"FAILED: took {clock.Elapsed}";
            Console.Out.WriteLine(outcome);
            Console.Out.Flush();
        }
    }

    /// <summary>A damaged file; the same number gives the same file.</summary>
    public static (string Name, byte[] Bytes) Case(int number)
    {
        string name = Fixture.Names[number % Fixture.Names.Length];
        byte[] bytes = File.ReadAllBytes(Fixture.PathOf(name));
        var random = new Random(number);
        switch (random.Next(5))
        {
            case 0:
                return (name, bytes[..random.Next(bytes.Length)]);
            case 1:
                for (int i = random.Next(1, 4); i > 0; i--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return (name, bytes);
            case 2:
                for (int i = random.Next(1, 30); i > 0; i--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return (name, bytes);
            case 3:
                OverwriteSize(bytes, random);
                return (name, bytes);
            default:
                bytes.AsSpan(random.Next(bytes.Length - 64), random.Next(1, 64)).Clear();
                return (name, bytes);
        }
    }

    // A small number that lies on eight bytes, and is probably a size, becomes another one.
    private static void OverwriteSize(byte[] bytes, Random random)
    {
        long[] lies = [-1, 0, 1, 2, 1 << 20, int.MaxValue, 1L << 32, 1L << 40, long.MaxValue];
        for (int attempt = 0; attempt < 10_000; attempt++)
        {
            int at = random.Next(bytes.Length / 8) * 8;
            long here = BitConverter.ToInt64(bytes, at);
            if (here is < 1 or > 4096)
                continue;
            BitConverter.TryWriteBytes(bytes.AsSpan(at), lies[random.Next(lies.Length)]);
            return;
        }
    }

    private static string Read(string path, string name, int number)
    {
        try
        {
            ReadOptions options = name switch
            {
                "two.h5mu" => new ReadOptions { Part = number % 2 == 0 ? "rna" : "protein" },
                "new_csr.h5ad" => new ReadOptions { Layer = (number / 7 % 4) switch { 0 => "counts", 1 => "dense", 2 => "raw", _ => null } },
                _ => new ReadOptions(),
            };
            if (number % 5 == 0)
                _ = Hdf5TableReader.Describe(path);
            Tables.RequireValid(Hdf5TableReader.Read(path, options));
            return "valid";
        }
        catch (SpatialClusterException)
        {
            return "refused";
        }
#pragma warning disable CA1031 // Any other exception is the finding.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"FAILED: {failure.ToString().ReplaceLineEndings(" ")}";
        }
    }
}
