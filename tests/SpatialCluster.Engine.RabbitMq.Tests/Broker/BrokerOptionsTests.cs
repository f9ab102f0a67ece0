using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

public sealed class BrokerOptionsTests
{
    private static readonly BrokerCredentials s_credentials = new("me", "hush-hush");

    [Theory]
    [InlineData("amqp://broker.example", "broker.example", 5672, "/", false, "amqp://broker.example:5672")]
    [InlineData("amqps://broker.example/", "broker.example", 5671, "/", true, "amqps://broker.example:5671")]
    [InlineData("amqp://broker.example:1234/mine", "broker.example", 1234, "mine", false, "amqp://broker.example:1234/mine")]
    [InlineData("amqp://broker.example/a%2Fb", "broker.example", 5672, "a/b", false, "amqp://broker.example:5672/a%2Fb")]
    [InlineData("amqp://broker.example/%2F", "broker.example", 5672, "/", false, "amqp://broker.example:5672")]
    [InlineData("amqp://[::1]:99/x", "::1", 99, "x", false, "amqp://[::1]:99/x")]
    public void Parse_AUrl_IsUnderstood(string url, string host, int port, string virtualHost, bool usesTls, string location)
    {
        BrokerOptions options = BrokerOptions.Parse(url, s_credentials, null, fromCommandLine: true);

        (options.Host, options.Port, options.VirtualHost, options.UsesTls).ShouldBe((host, port, virtualHost, usesTls));
        options.ToString().ShouldBe(location);
    }

    [Theory]
    [InlineData("")]
    [InlineData("broker")]
    [InlineData("http://broker")]
    [InlineData("amqp://")]
    [InlineData("amqp://broker/a/b")]
    [InlineData("amqp://broker/a?heartbeat=3")]
    [InlineData("amqp://broker:99999")]
    [InlineData("amqp://user@broker")]
    public void Parse_NoUrlOfABroker_IsRefused(string url) =>
        Should.Throw<BadInputException>(() => BrokerOptions.Parse(url, null, null, fromCommandLine: false));

    [Fact]
    public void Parse_PasswordOnTheCommandLine_IsRefusedAndNotRepeated()
    {
        BadInputException refusal = Should.Throw<BadInputException>(() => BrokerOptions.Parse("amqp://me:hush-hush@broker", null, null, fromCommandLine: true));

        refusal.Message.ShouldNotContain("hush");
        refusal.Message.ShouldContain("--broker-credentials");
    }

    [Fact]
    public void Parse_PasswordFromElsewhere_IsTakenAndHidden()
    {
        BrokerOptions options = BrokerOptions.Parse("amqp://m%40e:hush%2Fhush@broker/x", null, null, fromCommandLine: false);

        (options.Credentials.User, options.Credentials.Password).ShouldBe(("m@e", "hush/hush"));
        options.ToString().ShouldBe("amqp://broker:5672/x");
        options.Credentials.ToString().ShouldNotContain("hush");
    }

    [Fact]
    public void Parse_PasswordInUrlAndOtherError_IsNotRepeated()
    {
        foreach (string url in (string[])["http://me:hush@broker", "amqp://me:hush@broker/a/b", "amqp://me:hush@broker:99999", "amqp://me:hush@"])
            Should.Throw<BadInputException>(() => BrokerOptions.Parse(url, null, null, fromCommandLine: false)).Message.ShouldNotContain("hush");
    }

    [Fact]
    public void Parse_NoCredentials_GuestOnThisMachineOnly()
    {
        BrokerOptions.Parse("amqp://localhost", null, null, fromCommandLine: true).Credentials.User.ShouldBe("guest");
        BrokerOptions.Parse("amqp://127.0.0.1", null, null, fromCommandLine: true).Credentials.User.ShouldBe("guest");
        Should.Throw<BadInputException>(() => BrokerOptions.Parse("amqp://broker", null, null, fromCommandLine: true)).Message.ShouldContain(BrokerCredentials.UserVariable);
    }

    [Fact]
    public void Parse_CaFileIsNone_IsRefused()
    {
        string file = Path.GetTempFileName();
        try
        {
            Should.Throw<BadInputException>(() => BrokerOptions.Parse("amqps://broker", s_credentials, file, true)).Message.ShouldContain("no certificate");
            Should.Throw<BadInputException>(() => BrokerOptions.Parse("amqps://broker", s_credentials, file + ".no", true)).Message.ShouldContain("cannot be read");
            Should.Throw<BadInputException>(() => BrokerOptions.Parse("amqp://broker", s_credentials, file, true)).Message.ShouldContain("amqps");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Find_FileOrEnvironment_GivesBothOrRefuses()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "me\npass word \n");
            BrokerCredentials found = BrokerCredentials.Find(file, _ => "other").ShouldNotBeNull();
            (found.User, found.Password).ShouldBe(("me", "pass word "));
            File.WriteAllText(file, "hush\n");
            Should.Throw<BadInputException>(() => BrokerCredentials.Find(file, _ => null)).Message.ShouldNotContain("hush");
            Should.Throw<BadInputException>(() => BrokerCredentials.Find(file + ".no", _ => null));
            BrokerCredentials.Find(null, _ => null).ShouldBeNull();
            BrokerCredentials.Find(null, name => name)!.User.ShouldBe(BrokerCredentials.UserVariable);
            Should.Throw<BadInputException>(() => BrokerCredentials.Find(null, name => name == BrokerCredentials.UserVariable ? "me" : null));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void For_LongOrOddNames_StayShortAndApart()
    {
        QueueNames.For("store", "noise-0a", Lane.Cpu, "training-run.1.spami.2").ShouldBe("spatialcluster.store/noise-0a/cpu/training-run.1.spami.2");
        string[] names =
        [
            .. from scope in (string[])["s", "https://x/y", new('ü', 400), new('ü', 401)]
               from campaign in (string[])["c", "c/cpu", new('a', 300), new('a', 301)]
               from lane in Enum.GetValues<Lane>()
               from code in (string[])["slice.1", "", new('z', 500)]
               select QueueNames.For(scope, campaign, lane, code),
        ];

        names.Distinct(StringComparer.Ordinal).Count().ShouldBe(names.Length);
        names.ShouldAllBe(n => System.Text.Encoding.UTF8.GetByteCount(n) <= 255 && n.StartsWith("spatialcluster."));
        QueueNames.Events(new string('ü', 400)).Length.ShouldBeLessThan(255);
    }
}
