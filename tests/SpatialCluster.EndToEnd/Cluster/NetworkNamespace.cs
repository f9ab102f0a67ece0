using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A machine of its own, as far as the network goes: one cable leads to this one, which can be pulled.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private readonly string _name;
    private readonly string _here;

    private NetworkNamespace(string name, string here, IPAddress address) => (_name, _here, Address) = (name, here, address);

    /// <summary>This machine, as it is seen from there.</summary>
    public IPAddress Address { get; }

    /// <summary>What starts a program there.</summary>
    public string[] Starter => ["ip", "netns", "exec", _name];

    /// <summary>Makes one, or skips the test with the reason why not.</summary>
    public static NetworkNamespace Require()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "there are network namespaces on Linux alone");
        // Beside whatever else runs here: of addresses for documentation, so that no route is taken from anybody.
        int number = Environment.ProcessId % 60;
        string name = string.Create(CultureInfo.InvariantCulture, $"spatialcluster-{Environment.ProcessId}"), cable = string.Create(CultureInfo.InvariantCulture, $"sc{Environment.ProcessId}");
        string here = cable + "a", there = cable + "b";
        string near = string.Create(CultureInfo.InvariantCulture, $"198.51.100.{(number * 4) + 1}"), far = string.Create(CultureInfo.InvariantCulture, $"198.51.100.{(number * 4) + 2}");
        var made = new NetworkNamespace(name, here, IPAddress.Parse(near));
        string[] commands =
        [
            $"netns add {name}",
            $"link add {here} type veth peer name {there} netns {name}",
            $"addr add {near}/30 dev {here}",
            $"link set {here} up",
            $"-n {name} addr add {far}/30 dev {there}",
            $"-n {name} link set {there} up",
            $"-n {name} link set lo up",
        ];
        foreach (string command in commands)
        {
            if (Ip(command) is { } trouble)
            {
                made.Dispose();
                Skip.If(condition: true, $"this machine makes no network namespaces (ip {command}: {trouble})");
            }
        }

        return made;
    }

    /// <summary>Pulls the cable: what is sent is lost, and neither end is told.</summary>
    public void Pull() => Ip($"link set {_here} down").ShouldBeNull();

    /// <summary>Puts it in again.</summary>
    public void Plug() => Ip($"link set {_here} up").ShouldBeNull();

    public void Dispose()
    {
        _ = Ip($"link del {_here}");
        _ = Ip($"netns del {_name}");
    }

    private static string? Ip(string command)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ip", command) { RedirectStandardError = true, UseShellExecute = false })!;
            string trouble = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : trouble.Trim();
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }
}
