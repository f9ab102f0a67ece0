using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Benchmarks;

/// <summary>A kind's work with a clock around it, and one around each of its calls of the store.</summary>
/// <param name="work">The work.</param>
/// <param name="working">Runs while work does.</param>
/// <param name="storing">Runs while work waits for the store.</param>
internal sealed class WatchedWork(IGrainWork work, BusyTime working, BusyTime storing) : IGrainWork
{
    public string Kind => work.Kind;

    public IReadOnlyList<string> Codes => work.Codes;

    public GrainProducts Run(JsonObject spec, GrainContext context) => working.Count(() => work.Run(spec, new Context(context, storing)));

    private sealed class Context(GrainContext inner, BusyTime storing) : GrainContext
    {
        public override ThreadTeam Team => inner.Team;

        public override CancellationToken Cancellation => inner.Cancellation;

        public override TrainingControl Training => inner.Training;

        public override string ScratchFolder => inner.ScratchFolder;

        public override GrainResult Input(GrainKey key) => storing.Count(() => inner.Input(key));

        public override Stream Open(ContentDigest content) => storing.Count(() => inner.Open(content));

        public override void CopyToFile(ContentDigest content, string path) => storing.Count(() =>
        {
            inner.CopyToFile(content, path);
            return true;
        });

        public override GrainOutput Put(string name, Action<Stream> write) => storing.Count(() => inner.Put(name, write));

        public override GrainOutput PutFile(string name, string path) => storing.Count(() => inner.PutFile(name, path));

        public override void Stage(string stage) => inner.Stage(stage);
    }
}
