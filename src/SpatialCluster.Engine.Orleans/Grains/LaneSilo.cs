namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>A silo as a lane knows it: its last report, and what it was given since.</summary>
internal sealed class LaneSilo(SiloReport report, long heard)
{
    private int _running = report.IsIdle ? 0 : 1;

    public SiloAddress Address => report.Silo;

    public long Heard => heard;

    public int Free { get; set; } = report.Free;

    public long MemoryLimit => report.MemoryLimit;

    public long MemoryFree { get; private set; } = report.MemoryFree;

    public bool IsIdle => _running == 0;

    public bool Has(string code) => report.Codes.Contains(code, StringComparer.Ordinal);

    public void Take(WorkOrder order)
    {
        Free--;
        _running++;
        MemoryFree -= order.ForecastBytes;
    }

    public void Give(WorkOrder order)
    {
        Free++;
        _running--;
        MemoryFree += order.ForecastBytes;
    }
}
