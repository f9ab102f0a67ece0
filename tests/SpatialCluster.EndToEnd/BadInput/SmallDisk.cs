using System.Diagnostics;

namespace SpatialCluster.EndToEnd.BadInput;

/// <summary>A file system in memory that is soon full.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Root = path;

    public string Root { get; }

    /// <summary>Mounts one, or skips the test where that is not allowed.</summary>
    public static SmallDisk Require(string folder, int kilobytes)
    {
        (int code, string said) = Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "none", folder);
        Skip.IfNot(code == 0, $"a tmpfs cannot be mounted here: {said.Trim()}");
        return new SmallDisk(folder);
    }

    /// <summary>From now on it may only be read, by whomsoever.</summary>
    public void MakeReadOnly() => Remount("ro");

    /// <summary>Makes room.</summary>
    public void Grow(int kilobytes) => Remount($"size={kilobytes}k");

    public void Dispose() => Run("umount", Root);

    private void Remount(string option)
    {
        (int code, string said) = Run("mount", "-o", $"remount,{option}", Root);
        code.ShouldBe(0, said);
    }

    private static (int Code, string Said) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
