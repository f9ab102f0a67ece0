using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>Work that takes simulated time, in epochs, of which each depends on the one before.</summary>
internal sealed class SimWork(SimProcess process, SimLedger ledger, string kind, IReadOnlyList<string> codes) : IGrainWork
{
    public const string KindName = "sim";
    public const string ReportName = "report";
    public const string FirstCode = "sim.1";
    public const string SecondCode = "sim.2";

    public string Kind => kind;

    public IReadOnlyList<string> Codes => codes;

    public static long Start(string title, IEnumerable<long> inputs)
    {
        long state = 17;
        foreach (char c in title)
            state = unchecked((state * 31) + c);
        foreach (long input in inputs)
            state = unchecked((state * 1_000_003) + input);
        return state;
    }

    public static long Next(long state, int epoch) => unchecked(((state ^ (state >> 29)) * 6364136223846793005) + epoch);

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        string title = (string)spec["title"]!;
        process.Loop.Tell(process.Name, $"begins {title}");
        SimAttempt attempt = ledger.Begin(process, title);
        if ((bool)spec["poison"]!)
        {
            process.Kill();
            SimThread.Hang();
        }

        try
        {
            context.Stage("sim");
            GrainKey[] inputs = [.. spec["inputs"]!.AsArray().Select(i => GrainKey.TryParse((string)i!, out GrainKey key) ? key : default)];
            long state = Start(title, inputs.Select(i => (long)context.Input(i).Values["state"]!));
            state = Train(spec, context.Training, state, attempt);
            if ((string?)spec["fails"] is { } fails)
                throw new SpatialClusterException(Enum.Parse<FailureKind>(fails), $"{title} fails.");
            process.Loop.Tell(process.Name, $"ends {title}");
            return new GrainProducts([], new JsonObject { ["state"] = state });
        }
        finally
        {
            attempt.Ended = true;
        }
    }

    private static long Train(JsonObject spec, TrainingControl control, long state, SimAttempt attempt)
    {
        int epochs = (int)spec["epochs"]!, first = 0;
        TimeSpan time = TimeSpan.FromSeconds((double)spec["seconds"]!);
        bool checkpoints = (bool)spec["checkpoints"]!, stops = (bool)spec["stops"]!;
        if (checkpoints && control.Checkpoint!.Open() is { } open)
        {
            using var reader = new BinaryReader(open);
            (first, state) = (reader.ReadInt32(), reader.ReadInt64());
        }

        attempt.From(first);
        long last = control.Clock.GetTimestamp();
        for (int epoch = first; epoch < epochs; epoch++)
        {
            if ((stops && control.Cancellation.IsCancellationRequested) || (checkpoints && epoch > first && control.Yield.IsCancellationRequested))
            {
                Save(epoch);
                throw new OperationCanceledException($"Stopped after epoch {epoch}.");
            }

            if (control.Clock.GetElapsedTime(last) >= control.CheckpointInterval)
                Save(epoch);
            SimThread.Sleep(time);
            state = Next(state, epoch);
            attempt.Reached(epoch + 1);
            control.Progress?.Invoke(new TrainingProgress(epoch + 1, epochs, 1.0 / (epoch + 1)));
        }

        return state;

        void Save(int epoch)
        {
            if (!checkpoints)
                return;
            control.Checkpoint!.Save(stream =>
            {
                stream.Write(BitConverter.GetBytes(epoch));
                stream.Write(BitConverter.GetBytes(state));
            });
            last = control.Clock.GetTimestamp();
        }
    }
}
