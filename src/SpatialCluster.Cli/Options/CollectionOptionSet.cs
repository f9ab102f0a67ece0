using System.CommandLine;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Options;

/// <summary>What may be taken out of a store.</summary>
internal sealed class CollectionOptionSet : OptionSet
{
    private readonly Option<bool> _dryRun;
    private readonly Option<string?> _grace;
    private readonly Option<string?>? _olderThan;

    public CollectionOptionSet(bool byAge)
        : base("Collection")
    {
        _dryRun = Flag("--dry-run", "Say what would go; delete nothing.");
        _grace = One<string?>("--grace", "TIME", "Spare what was written within this time, such as 90m or 2d, since running processes may be about to need it (default 1h; 0 when nothing runs).");
        _olderThan = byAge ? One<string?>("--older-than", "TIME", "Forget campaigns in which nothing was written for so long, such as 30d.") : null;
    }

    public bool DryRun(ParseResult result) => result.GetValue(_dryRun);

    public TimeSpan Grace(ParseResult result) => Time(_grace.Name, result.GetValue(_grace)) ?? TimeSpan.FromHours(1);

    public TimeSpan? OlderThan(ParseResult result) => _olderThan is null ? null : Time(_olderThan.Name, result.GetValue(_olderThan));

    private static TimeSpan? Time(string option, string? text)
    {
        if (text is null)
            return null;
        double unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        if (text == "0")
            return TimeSpan.Zero;
        return unit > 0 && double.TryParse(text[..^1], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value) && value >= 0 && value * unit < 1e9
            ? TimeSpan.FromSeconds(value * unit)
            : throw new BadInputException($"{option} is '{text}'; it must be a time, such as 90s, 30m, 2h or 14d.");
    }
}
