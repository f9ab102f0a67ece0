using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Messages;

/// <summary>What anybody may have written is read, or refused in one way.</summary>
public sealed class MessageParsingTests
{
    private static readonly GrainMessage s_message = GrainMessage.For("noise-0a1b", new GrainKey("training-run", CanonicalJson.Digest(1)));
    private static readonly ClusterEvent s_event = new(ClusterEventKind.GrainEpoch, "noise-0a1b", "silo-1") { Grain = "slice/0a", Device = "cpu:0", Text = "ü\n", Error = "e", Epoch = 3, Epochs = 9, Loss = 0.25, Seconds = 1.5 };

    [Fact]
    public void Parse_WhatWasWritten_IsTheSame()
    {
        GrainMessage.Parse(s_message.ToJson()).ShouldBe(s_message);
        ClusterEvent.Parse(s_event.ToJson()).ShouldBe(s_event);
        foreach (ClusterEventKind kind in Enum.GetValues<ClusterEventKind>())
            ClusterEvent.Parse(new ClusterEvent(kind, "", "").ToJson())!.Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData("campaign", "../../x")]
    [InlineData("campaign", "a/b")]
    [InlineData("campaign", "")]
    [InlineData("campaign", "A")]
    [InlineData("campaign", "a.b")]
    [InlineData("campaign", "a\u0000")]
    [InlineData("kind", "../../x")]
    [InlineData("kind", "-x")]
    [InlineData("kind", "ü")]
    [InlineData("kind", "")]
    [InlineData("digest", "../../x")]
    [InlineData("digest", "0A")]
    [InlineData("ticket", "x")]
    [InlineData("ticket", "0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("ticket", "../../../../../../../../../../xx")]
    public void Parse_NameOfAnotherForm_IsRefused(string member, string value)
    {
        JsonObject json = JsonNode.Parse(s_message.ToJson())!.AsObject();
        json[member] = value;

        Should.Throw<BadInputException>(() => GrainMessage.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("{}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("""{"version":1e99}""")]
    [InlineData("""{"version":1.5}""")]
    [InlineData("""{"version":"1"}""")]
    [InlineData("""{"version":1,"version":1}""")]
    [InlineData("""{"version":1,"campaign":null,"kind":"a","digest":"b","ticket":"c"}""")]
    [InlineData("""{"version":1,"campaign":"\ud800","kind":"a","digest":"b","ticket":"c"}""")]
    [InlineData("""{"kind":"3","campaign":"","silo":""}""")]
    [InlineData("""{"kind":"Work, Silo","campaign":"","silo":""}""")]
    [InlineData("""{"kind":"work","campaign":null,"silo":""}""")]
    [InlineData("""{"kind":"work","campaign":"","silo":"","epoch":1e12}""")]
    [InlineData("""{"kind":"work","campaign":"","campaign":"","silo":""}""")]
    public void Parse_OtherJson_IsRefused(string json)
    {
        Should.Throw<BadInputException>(() => GrainMessage.Parse(Encoding.UTF8.GetBytes(json)));
        ClusterEvent.Parse(Encoding.UTF8.GetBytes(json)).ShouldBeNull();
    }

    [Fact]
    public void Parse_Bombs_AreRefusedOrIgnored()
    {
        byte[] deep = Encoding.UTF8.GetBytes(new string('[', 4000));
        byte[] large = [.. s_message.ToJson(), .. Enumerable.Repeat((byte)' ', 1 << 20)];
        JsonObject typed = JsonNode.Parse(s_message.ToJson())!.AsObject();
        typed["$type"] = "System.Diagnostics.Process, System";
        typed["extra"] = 1;

        Should.Throw<BadInputException>(() => GrainMessage.Parse(deep));
        Should.Throw<BadInputException>(() => GrainMessage.Parse(large));
        ClusterEvent.Parse(deep).ShouldBeNull();
        ClusterEvent.Parse(large).ShouldBeNull();
        GrainMessage.Parse(Encoding.UTF8.GetBytes(typed.ToJsonString())).ShouldBe(s_message);
    }

    [Fact]
    public void Parse_AnyBytes_NothingButBadInput() =>
        Prop.ForAll<byte[]>(bytes => IsReadOrRefused(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Parse_DamagedMessages_NothingButBadInput()
    {
        var random = new Random(1);
        foreach (byte[] good in (byte[][])[s_message.ToJson(), s_event.ToJson()])
        {
            for (int i = 0; i < 20_000; i++)
            {
                byte[] bad = [.. good[..random.Next(good.Length + 1)], .. good[random.Next(good.Length)..]];
                for (int change = random.Next(4); change > 0 && bad.Length > 0; change--)
                    bad[random.Next(bad.Length)] = (byte)random.Next(256);
                IsReadOrRefused(bad).ShouldBeTrue();
            }
        }
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        _ = ClusterEvent.Parse(bytes);
        try
        {
            GrainMessage message = GrainMessage.Parse(bytes);
            return message.Campaign.Length > 0 && message.Ticket.Length == 32 && !message.Grain.Kind.Contains('/');
        }
        catch (BadInputException)
        {
            return true;
        }
    }
}
