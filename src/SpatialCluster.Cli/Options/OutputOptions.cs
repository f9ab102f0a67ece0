using System.CommandLine;
using SpatialCluster.Cli.Outputs;

namespace SpatialCluster.Cli.Options;

/// <summary>What is written.</summary>
internal sealed class OutputOptions : OptionSet
{
    private readonly Option<string?> _out;
    private readonly Option<string?> _report;
    private readonly Option<string[]> _picture;
    private readonly Option<string?> _csv;
    private readonly Option<bool> _denoise;
    private readonly Option<bool> _json;

    public OutputOptions()
        : base("Output")
    {
        _out = One<string?>("--out", "OUT.h5ad", "The result for anndata and scanpy: obsm['X_spami'], obs['domain'], obsm['attention'], and in uns what made it.", required: true);
        _report = One<string?>("--report", "FILE.html", "One self-contained page: domains on the tissue, losses, attention, components, parameters, timings.");
        _picture = Many("--picture", "FILE.png|.svg", "The domains on the tissue. May be given several times.");
        _csv = One<string?>("--csv", "FILE.csv", "A table of spots: name, place, domain, truth, attention. Also .tsv, .csv.gz.");
        _denoise = Flag("--denoise", "Put denoised values per gene, protein, peak or ion into OUT.h5ad: obsm['denoised_<modality>'], feature names in uns.");
        _json = Flag("--json", "Print one JSON object on standard output, and nothing else there.");
    }

    public OutputFiles Read(ParseResult result) => new()
    {
        Data = result.GetValue(_out)!,
        Report = result.GetValue(_report),
        Pictures = result.GetValue(_picture) ?? [],
        Table = result.GetValue(_csv),
    };

    public bool Denoise(ParseResult result) => result.GetValue(_denoise);

    public bool Json(ParseResult result) => result.GetValue(_json);
}
