namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>A folder with a campaign's document, its store and its report.</summary>
internal sealed class CampaignPlace
{
    public CampaignPlace(string folder, string document)
    {
        Folder = folder;
        Store = Path.Combine(folder, "store");
        Name = document.Split("name: ", 2)[1].Split('\n')[0];
        File.WriteAllText(Path.Combine(folder, "campaign.yaml"), document);
    }

    public string Folder { get; }

    /// <summary>May be elsewhere.</summary>
    public string Store { get; init; }

    /// <summary>Of the campaign; its id begins so.</summary>
    public string Name { get; }

    public string Report => Path.Combine(Folder, "report");

    /// <summary>Whether a plan is there to be resumed.</summary>
    public bool Planned => Files("campaigns", "plan.json").Any();

    /// <summary>How many results are there.</summary>
    public int Results => Files("grains", "result.json").Count();

    /// <summary>Trainings that are under way.</summary>
    public IEnumerable<string> Checkpoints => Files("grains", "checkpoint");

    public string[] Run(params string[] more) => ["campaign", "run", "campaign.yaml", .. Common, .. more];

    public string[] Resume(params string[] more) => ["campaign", "resume", Name, .. Common, .. more];

    public string[] Ask(string command, params string[] more) => ["campaign", command, Name, "--store", Store, .. more];

    /// <summary>Files of the store by name, while processes make and remove others.</summary>
    public IEnumerable<string> Files(string part, string name)
    {
        string folder = Path.Combine(Store, part);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, name, new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }) : [];
    }

    private string[] Common => ["--store", Store, "--out", Report, "--json"];
}
