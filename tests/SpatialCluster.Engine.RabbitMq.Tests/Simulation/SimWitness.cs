using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>Sees every change of the store, and keeps what must never have happened.</summary>
internal sealed class SimWitness(SimLoop loop)
{
    private readonly Dictionary<string, (GrainClaim Claim, long Since)> _claims = [];
    private readonly Dictionary<(string Grain, string Owner), long> _superseded = [];
    private readonly Dictionary<(string Grain, string Owner), bool> _sawItsOwn = [];
    private readonly Dictionary<string, string> _titles = [];

    public List<string> Violations { get; } = [];

    public HashSet<string> Errors { get; } = [];

    /// <summary>Who ever claimed a grain.</summary>
    public HashSet<(string Grain, string Owner)> Claimed { get; } = [];

    public Dictionary<string, int> Results { get; } = [];

    public void Name(string folder, string title) => _titles[folder.TrimEnd('/')] = title;

    public string Short(ArtifactName name)
    {
        int slash = name.Value.LastIndexOf('/');
        foreach ((string folder, string title) in _titles)
        {
            if (name.Value.StartsWith(folder, StringComparison.Ordinal))
                return title + name.Value[folder.Length..];
        }

        return slash < 0 || !name.Value.StartsWith("grains/", StringComparison.Ordinal) ? name.Value : name.Value[slash..];
    }

    /// <summary>Somebody looks at a claim: what he sees decides what he may do next.</summary>
    public void Looked(SimProcess process, ArtifactName name)
    {
        string grain = Folder(name);
        if (Leaf(name) == "claim.json")
            _sawItsOwn[(grain, process.Name)] = _claims.TryGetValue(grain, out (GrainClaim Claim, long Since) now) && now.Claim.Owner.Id == process.Name;
    }

    public void Wrote(SimProcess process, ArtifactName name, byte[] bytes, bool over)
    {
        string grain = Folder(name);
        switch (Leaf(name))
        {
            case "claim.json":
                GrainClaim claim = GrainClaim.Parse(bytes, "the claim");
                if (_claims.TryGetValue(grain, out (GrainClaim Claim, long Since) before) && before.Claim.Owner.Id.Length > 0 && before.Claim.Owner.Id != claim.Owner.Id && claim.Owner.Id.Length > 0)
                    _superseded[(grain, before.Claim.Owner.Id)] = loop.Now;
                _superseded.Remove((grain, claim.Owner.Id));
                if (claim.Attempt < (before.Claim?.Attempt ?? 0))
                    Violations.Add($"{Short(name)}: the attempt went back to {claim.Attempt}.");
                _claims[grain] = (claim, loop.Now);
                Claimed.Add((grain, process.Name));
                _sawItsOwn[(grain, process.Name)] = claim.Owner.Id == process.Name;
                loop.Tell(process.Name, $"  claim of {Short(name)}: attempt {claim.Attempt} of '{claim.Owner.Id}', crashes {claim.Crashes} since {claim.CrashesSince}, failures {claim.Failures}");
                break;
            case "result.json":
                Results[grain] = Results.GetValueOrDefault(grain) + 1;
                if (over)
                    Violations.Add($"{process.Name} wrote over the result {Short(name)}.");
                // Claim and result are two artifacts: what was on its way when another took over may still arrive, and says the same.
                if (_superseded.TryGetValue((grain, process.Name), out long since)
                    && (!_sawItsOwn.GetValueOrDefault((grain, process.Name)) || loop.Now - since > (GrainClaim.Heartbeat + TimeSpan.FromSeconds(25)).Ticks))
                    Violations.Add($"{process.Name} committed {Short(name)} although another had taken it over {TimeSpan.FromTicks(loop.Now - since).TotalSeconds:F1} s before.");
                break;
            case "error.txt":
                Errors.Add(name.Value);
                break;
        }
    }

    public void Deleted(SimProcess process, ArtifactName name)
    {
        if (Leaf(name) is "result.json" or "error.txt" or "spec.json" or "plan.json")
            Violations.Add($"{process.Name} deleted {Short(name)}.");
    }

    private static string Leaf(ArtifactName name) => name.Value[(name.Value.LastIndexOf('/') + 1)..];

    private static string Folder(ArtifactName name) => name.Value[..Math.Max(0, name.Value.LastIndexOf('/'))];
}
