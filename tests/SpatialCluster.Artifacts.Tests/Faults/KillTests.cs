using System.Diagnostics;
using System.Reflection;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Compute.Errors;
using SpatialCluster.StoreProbe;
using SpatialCluster.Tests.Artifacts.Stores;

namespace SpatialCluster.Tests.Artifacts.Faults;

/// <summary>kill -9 at every fault point: the store is sound, and the same again ends as it would have without.</summary>
[Collection(FaultCollection.Name)]
public sealed class KillTests
{
    public static TheoryData<string> Points => [.. FaultPointNames.All];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Kill_AtAFaultPoint_LeavesASoundStoreInWhichItCanBeRepeated(string point)
    {
        using var folder = new TestFolder();
        await StoreScenario.RunAsync(folder["undisturbed"]);
        foreach (string fault in point.StartsWith("store.", StringComparison.Ordinal) && !point.StartsWith("store.create", StringComparison.Ordinal) && !point.Contains("replace", StringComparison.Ordinal) ? new[] { point, $"{point}:3" } : [point])
        {
            string root = folder[fault.Replace(':', '-')];
            using (Process process = ProbeProcess.Start(fault, "scenario", root))
            {
                process.WaitForExit();
                process.ExitCode.ShouldBe(128 + 9, $"{fault} is reached, and kills");
            }

            FileSystemArtifactStore store = FileSystemArtifactStore.Open(root, create: true);
            (await StoreVerification.RunAsync(store)).Problems.ShouldBeEmpty(fault);
            await StoreScenario.RunAsync(root);
            (await StoreVerification.RunAsync(store)).Problems.ShouldBeEmpty(fault);
            await SameArtifacts(store, FileSystemArtifactStore.Open(folder["undisturbed"], create: false), fault);
            Directory.GetFiles(Path.Combine(root, ".tmp")).ShouldBeEmpty($"{fault}: what the dead process left is collected");
        }
    }

    [Fact]
    public async Task Scenario_Undisturbed_ComesByEveryPoint()
    {
        using var folder = new TestFolder();
        var reached = new HashSet<string>();
        using (FaultPoint.Arm(name => reached.Add(name)))
            await StoreScenario.RunAsync(folder["s"]);
        reached.ShouldBe(FaultPointNames.All, ignoreOrder: true);
        FaultPointNames.All.ShouldBe(typeof(FaultPointNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!));
    }

    [Theory]
    [InlineData(":")]
    [InlineData("a:0")]
    [InlineData("a:x")]
    public void Setting_ThatArmsNothing_IsRefused(string setting) => Should.Throw<BadInputException>(() => KillSwitch.FromEnvironment(setting));

    // A process that had found the old result goes on: its plan was there by then.
    [Fact]
    public async Task Collection_PlanTurnsUpMeanwhile_GivesItsGrainsBack()
    {
        foreach (string moment in new[] { FaultPointNames.CollectCampaigns, FaultPointNames.CollectResults, FaultPointNames.CollectGrains })
        {
            using var folder = new TestFolder();
            using FileSystemArtifactStore store = FileSystemArtifactStore.Open(folder["s"], create: true);
            GrainKey key = await StoreScenario.SubmitAsync(store, "gone", "output");
            string? result = await store.ReadAsync(StoreLayout.Result(key).Value);
            using (FaultPoint.Arm(name =>
            {
                if (name == moment)
                    StoreScenario.WritePlanAsync(store, "new", key).GetAwaiter().GetResult().ShouldNotBeNull();
            }))
                await CampaignDeletion.DeleteAsync(store, "gone", dryRun: false, grace: TimeSpan.Zero);
            (await store.ReadAsync(StoreLayout.Result(key).Value)).ShouldBe(result, moment);
            (await store.ReadAsync(StoreLayout.Spec(key).Value)).ShouldNotBeNull(moment);
            StoreVerification verification = await StoreVerification.RunAsync(store);
            (verification.Problems.Count, verification.Blobs, verification.Orphans).ShouldBe((0, 1, 0), moment);
        }
    }

    [Fact]
    public async Task Stale_TemporaryFilesOfTheLiving_AreLeftAlone()
    {
        using var folder = new TestFolder();
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(folder["s"], create: true), other = FileSystemArtifactStore.Open(folder["s"], create: true);
        await File.WriteAllTextAsync(folder[$"s/.tmp/{new string('d', 32)}-1"], "of a dead process");
        await store.PutIfAbsentAsync(new ArtifactName("a"), async (stream, stop) =>
        {
            await stream.WriteAsync(new byte[100_000], stop);
            (await GarbageCollection.RunAsync(other, new CollectionOptions(), cancellation: stop)).Temporary.ShouldBe(0, "it is young");
            (await GarbageCollection.RunAsync(other, new CollectionOptions { Grace = TimeSpan.Zero }, cancellation: stop)).Temporary.ShouldBe(1);
        });
        (await store.FindAsync(new ArtifactName("a")))!.Bytes.ShouldBe(100_000);
    }

    private static async Task SameArtifacts(IArtifactStore store, IArtifactStore expected, string what)
    {
        string[] names = await expected.NamesAsync();
        names.Length.ShouldBe(5, "plan, spec, result, claim and blob");
        (await store.NamesAsync()).ShouldBe(names, ignoreOrder: false, customMessage: what);
        foreach (string name in names)
            (await store.ReadAsync(name)).ShouldBe(await expected.ReadAsync(name), what);
    }
}
