namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>Tests that render the chart: they share its renderer, and the packages that objects are compared with.</summary>
[CollectionDefinition(Name)]
public sealed class ChartCollection : ICollectionFixture<Chart>
{
    public const string Name = "Chart";
}
