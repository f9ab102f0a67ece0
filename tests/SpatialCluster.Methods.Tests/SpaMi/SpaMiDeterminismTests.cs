using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Tests.SpaMi;

/// <summary>The same bytes for any number of threads, and on any processor.</summary>
public sealed class SpaMiDeterminismTests
{
    [Theory]
    [InlineData(256, 64)]
    [InlineData(100, 20)]
    public void Train_AnyNumberOfThreads_GivesTheSameBytes(int hidden, int width)
    {
        var options = new SpaMiOptions { HiddenWidth = hidden, EmbeddingWidth = width };
        float[][] one = Results(options, 1, seed: 7);
        one.ShouldAllBe(values => values.All(float.IsFinite));
        foreach (int threads in new[] { 2, 3 })
            SameBytes(one, Results(options, threads, seed: 7), $"{threads} threads");
        one[0].ShouldNotBe(Results(options, 1, seed: 8)[0], "the seed decides");
    }

    /// <summary>
    /// Child processes with the vectors of the processor switched off in steps. That the switches take effect is part of the
    /// test: they were renamed between versions of .NET before.
    /// </summary>
    [SkippableFact]
    public void Probe_WithoutWideVectors_GivesTheSameDigests()
    {
        Skip.IfNot(Avx2.IsSupported && Fma.IsSupported, "this processor has no AVX2 that could be switched off");
        Dictionary<string, string> full = Probe(string.Empty), scalar = Probe("DOTNET_EnableAVX2");
        (full["has Avx2"], full["has Vector256"], full["has Fma"]).ShouldBe(("True", "True", "True"));
        (scalar["has Avx2"], scalar["has Vector256"], scalar["has Fma"], scalar["has Vector512"]).ShouldBe(("False", "False", "False", "False"));
        SameDigests(full, scalar);
        Skip.IfNot(Vector512.IsHardwareAccelerated, "this processor has no AVX-512 that could be switched off; AVX2 against none agreed");
        Dictionary<string, string> narrow = Probe("DOTNET_EnableAVX512");
        full["has Vector512"].ShouldBe("True");
        (narrow["has Avx2"], narrow["has Vector256"], narrow["has Fma"], narrow["has Vector512"]).ShouldBe(("True", "True", "True", "False"));
        SameDigests(full, narrow);
    }

    private static float[][] Results(SpaMiOptions options, int threads, ulong seed)
    {
        using var run = new SmallRun(spots: 700, [50, 20, 33], options, threads, seed);
        run.Train(3);
        return [.. run.Results()];
    }

    private static void SameBytes(float[][] expected, float[][] actual, string what)
    {
        actual.Length.ShouldBe(expected.Length);
        for (int i = 0; i < expected.Length; i++)
            MemoryMarshal.AsBytes<float>(actual[i]).SequenceEqual(MemoryMarshal.AsBytes<float>(expected[i])).ShouldBeTrue($"{what}, result {i}");
    }

    private static void SameDigests(Dictionary<string, string> one, Dictionary<string, string> other)
    {
        string[] names = [.. one.Keys.Where(name => name.StartsWith("digest ", StringComparison.Ordinal))];
        names.Length.ShouldBe(9);
        foreach (string name in names)
            other[name].ShouldBe(one[name], name);
    }

    private static Dictionary<string, string> Probe(string switchedOff)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet");
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "SpatialCluster.DeterminismProbe.dll")])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (string name in new[] { "DOTNET_EnableAVX2", "DOTNET_EnableAVX512", "DOTNET_EnableHWIntrinsic" })
            start.Environment.Remove(name);
        if (switchedOff.Length > 0)
            start.Environment[switchedOff] = "0";
        using Process probe = Process.Start(start)!;
        string output = probe.StandardOutput.ReadToEnd();
        probe.WaitForExit();
        probe.ExitCode.ShouldBe(0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[..line.LastIndexOf(' ')], line => line[(line.LastIndexOf(' ') + 1)..].Trim());
    }
}
