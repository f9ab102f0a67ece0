using System.Diagnostics;

namespace SpatialCluster.Tests.Artifacts.Faults;

/// <summary>A file system in memory that is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _root;

    private SmallDisk(string root) => _root = root;

    /// <summary>Mounts one, or skips the test where that is not allowed.</summary>
    public static SmallDisk Require(string folder, int kilobytes)
    {
        (int code, string said) = Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "none", folder);
        Skip.IfNot(code == 0, $"a tmpfs cannot be mounted here: {said.Trim()}");
        return new SmallDisk(folder);
    }

    /// <summary>From now on it may only be read, by whomsoever.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _root).Code.ShouldBe(0);

    public void Dispose() => Run("umount", _root);

    private static (int Code, string Said) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
