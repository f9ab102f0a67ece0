using System.Diagnostics;
using SpatialCluster.EndToEnd.Architecture;

namespace SpatialCluster.EndToEnd.Launcher;

/// <summary>
/// A folder with the launcher, one source file, and a <c>dotnet</c> that is a script: it counts builds, and instead of
/// running an assembly it prints the text of the source file that it was built from, its arguments and its folder.
/// </summary>
internal sealed class LauncherSandbox : IDisposable
{
    private const string FakeDotnet =
        """
        #!/bin/bash
        here=$(dirname "$0")
        case $1 in
          --version) [ -d "$HOME" ] && [ ! -e "$here/no-sdk" ] && echo 10.0.100 ;;
          --list-sdks) echo "8.0.100 [/somewhere]" ;;
          restore) [ -d "$HOME" ] || exit 1 ;;
          publish)
            echo build >>"$here/builds.log"
            while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
            while [ -e "$here/hold" ]; do read -r -t 0.02 <>"$here/pipe"; done
            mkdir -p "$out"
            echo half >"$out/half.dll"
            source=$(cat src/SpatialCluster.Cli/Program.cs)
            if [ "$source" = broken ]; then echo "Program.cs(1,1): error CS1002: ; expected [x.csproj]"; exit 1; fi
            echo "$source" >"$out/spatialcluster.dll"
            ;;
          *) cat "$1"; shift; printf '<%s>' "$@"; printf '\n%s\n' "$PWD" ;;
        esac
        """;

    private const string FakeNpm =
        """
        #!/bin/bash
        case $1 in
          ci) mkdir -p node_modules && echo '{}' >node_modules/.package-lock.json ;;
          run) mkdir -p dist && cp src/page dist/index.html && touch dist/index.html ;;
        esac
        """;

    public LauncherSandbox()
    {
        Root = Directory.CreateTempSubdirectory("launcher ").FullName;
        Tools = Path.Combine(Root, "tools");
        Directory.CreateDirectory(Tools);
        Directory.CreateDirectory(Path.Combine(Root, "eng"));
        Directory.CreateDirectory(Path.Combine(Root, "src", "SpatialCluster.Cli"));
        File.Copy(Checkout.PathOf("spatialcluster"), Path.Combine(Root, "spatialcluster"));
        File.Copy(Checkout.PathOf("eng/setup.sh"), Path.Combine(Root, "eng", "setup.sh"));
        File.Copy(Checkout.PathOf("eng/web.sh"), Path.Combine(Root, "eng", "web.sh"));
        WriteSource("one");
        WriteTool("dotnet", FakeDotnet);
        WriteTool("npm", FakeNpm);
        WriteNode("20 19");
        WritePage("first");
        File.WriteAllText(Path.Combine(Web, "package-lock.json"), "{}");
        using Process pipe = Process.Start("mkfifo", [Path.Combine(Tools, "pipe")]);
        pipe.WaitForExit();
    }

    /// <summary>The pages as a program that was started would serve them; null where it has none.</summary>
    public string? Page => Path.Combine(State, "bin", "web", "index.html") is var page && File.Exists(page) ? File.ReadAllText(page) : null;

    private string Web => Path.Combine(Root, "src", "SpatialCluster.Silo", "Web");

    public string Root { get; }

    public string Tools { get; }

    public string State => Path.Combine(Root, ".spatialcluster");

    public int Builds => File.Exists(BuildLog) ? File.ReadAllLines(BuildLog).Length : 0;

    private string BuildLog => Path.Combine(Tools, "builds.log");

    public void WriteSource(string text) => File.WriteAllText(Path.Combine(Root, "src", "SpatialCluster.Cli", "Program.cs"), text);

    /// <summary>Changes the source of the pages; later than what was built from the last.</summary>
    public void WritePage(string text)
    {
        string page = Path.Combine(Directory.CreateDirectory(Path.Combine(Web, "src")).FullName, "page");
        File.WriteAllText(page, text);
        string built = Path.Combine(Web, "dist", "index.html");
        if (File.Exists(built))
            File.SetLastWriteTimeUtc(built, File.GetLastWriteTimeUtc(page).AddSeconds(-1));
    }

    /// <summary>Gives Node.js a version.</summary>
    public void WriteNode(string version) => WriteTool("node", $"#!/bin/bash\necho {version}\n");

    private void WriteTool(string name, string script)
    {
        string tool = Path.Combine(Tools, name);
        File.WriteAllText(tool, script);
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public LauncherRun Run(params string[] arguments) => Start(arguments).Finish();

    public LauncherRun Start(string[] arguments, string? command = null, string? folder = null, string? home = null)
    {
        ProcessStartInfo start = new(command ?? Path.Combine(Root, "spatialcluster"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Root,
        };
        start.Environment["SPATIALCLUSTER_NO_INSTALL"] = "1";
        if (home is not null)
            start.Environment["HOME"] = home;
        start.Environment["PATH"] = $"{Tools}:/usr/bin:/bin";
        return new LauncherRun(Process.Start(start)!);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
