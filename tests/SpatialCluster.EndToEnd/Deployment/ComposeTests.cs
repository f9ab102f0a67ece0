using SpatialCluster.EndToEnd.Architecture;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>The compose file hangs together, and no secret is in it.</summary>
public sealed class ComposeTests
{
    private static readonly Dictionary<object, object> File = Read("deploy/compose.yaml");

    private static readonly Dictionary<object, object> Services = Map(File["services"]);

    /// <summary>What a service's container is told to do.</summary>
    public static IEnumerable<string> Command(string service) => List(Map(Services[service])["command"]);

    [Fact]
    public void Images_OfAllServices_ArePinned() =>
        Services.Values.Select(service => (string)Map(service)["image"]).ShouldAllBe(image => image.Contains(':', StringComparison.Ordinal) && !image.EndsWith(":latest", StringComparison.Ordinal));

    [Fact]
    public void Dependencies_OfAllServices_AreThereAndTellTheirHealth()
    {
        foreach ((object name, object service) in Services)
        {
            if (!Map(service).TryGetValue("depends_on", out object? dependencies))
                continue;
            foreach ((object other, object how) in Map(dependencies))
            {
                Services.ShouldContainKey(other, (string)name);
                if ((string)Map(how)["condition"] == "service_healthy")
                    Map(Services[other]).ShouldContainKey("healthcheck", (string)other);
            }
        }
    }

    [Fact]
    public void Silos_Both_DoTheSameAndMayDoLittle()
    {
        Services.Keys.Count(name => ((string)name).StartsWith("silo-", StringComparison.Ordinal)).ShouldBe(2);
        foreach (string name in (string[])["silo-1", "silo-2", "submit"])
        {
            Dictionary<object, object> silo = Map(Services[name]);
            silo["read_only"].ShouldBe("true");
            List(silo["cap_drop"]).ShouldBe(["ALL"]);
            silo["stop_grace_period"].ShouldBe("90s");
        }

        Command("silo-1").ShouldBe(Command("silo-2"));
        Command("silo-1").ShouldContain("--broker=amqp://rabbitmq:5672/");
    }

    [Fact]
    public void Ports_OfAllServices_AreOnLoopbackAlone() =>
        Services.Values.Select(Map).Where(service => service.ContainsKey("ports")).SelectMany(service => List(service["ports"])).ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));

    [SkippableFact]
    public void Secrets_ThatItReads_AreWhatTheScriptMakesAndGitIgnores()
    {
        using var folder = new DeploymentFolder();
        string script = Checkout.PathOf("deploy/make-secrets.sh");
        Tool.Run("bash", [script, folder.PathOf("secrets")]).ShouldSucceed();
        Dictionary<object, object> wanted = Map(File["secrets"]);
        wanted.Values.Select(secret => Path.GetFileName((string)Map(secret)["file"])).Order().ShouldBe(Directory.GetFiles(folder.PathOf("secrets")).Select(path => Path.GetFileName(path)!).Order());
        System.IO.File.GetUnixFileMode(folder.PathOf("secrets")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        string[] credentials = System.IO.File.ReadAllLines(folder.PathOf("secrets/broker-credentials"));
        credentials.Length.ShouldBe(2);
        System.IO.File.ReadAllText(folder.PathOf("secrets/broker.conf")).ShouldContain($"default_user = {credentials[0]}\ndefault_pass = {credentials[1]}");
        Tool.Run("bash", [script, folder.PathOf("secrets")]).ShouldSucceed();
        System.IO.File.ReadAllLines(folder.PathOf("secrets/broker-credentials")).ShouldBe(credentials, "a second run must leave what is there");

        string git = Tool.Require("git", "git");
        Skip.IfNot(Path.Exists(Checkout.PathOf(".git")), "this is no git checkout");
        Tool.Run(git, ["check-ignore", "deploy/secrets/api-token"], Checkout.Root).ShouldSucceed();
    }

    [Fact]
    public void Files_ThatItMounts_AreThere()
    {
        string[] mounts = [.. Services.Values.Select(Map).Where(service => service.ContainsKey("volumes")).SelectMany(service => List(service["volumes"])).Select(mount => mount.Split(':')[0])];
        mounts.Where(mount => mount.StartsWith('.')).ShouldAllBe(mount => Path.Exists(Path.Combine(Checkout.PathOf("deploy"), mount)));
        mounts.Where(mount => !mount.StartsWith('.')).ShouldAllBe(mount => Map(File["volumes"]).ContainsKey(mount));
    }

    private static Dictionary<object, object> Read(string file)
    {
        using var text = new StreamReader(Checkout.PathOf(file));
        var parser = new MergingParser(new Parser(text));
        parser.Consume<StreamStart>();
        return Map(new DeserializerBuilder().Build().Deserialize<object>(parser)!);
    }

    private static Dictionary<object, object> Map(object node) => node.ShouldBeOfType<Dictionary<object, object>>();

    private static IEnumerable<string> List(object node) => node.ShouldBeOfType<List<object>>().Select(each => (string)each);
}
