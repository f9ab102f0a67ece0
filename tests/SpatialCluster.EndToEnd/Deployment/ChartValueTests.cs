namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>Values that could not work are refused before anything is installed.</summary>
[Collection(ChartCollection.Name)]
public sealed class ChartValueTests(Chart chart)
{
    private const string Minimal = "minimal-values.yaml";

    // By the templates, in a sentence.
    [SkippableTheory]
    [InlineData("broker: { url: '' }", "broker.url is missing")]
    [InlineData("store: { url: '' }", "store.url is missing")]
    [InlineData("apiToken: { existingSecret: '' }", "apiToken.existingSecret is missing")]
    [InlineData("silo: { terminationGracePeriodSeconds: 68 }", "must be longer than silo.checkpointIntervalSeconds and silo.graceSeconds together (68)")]
    [InlineData("silo: { checkpointIntervalSeconds: 600 }", "terminationGracePeriodSeconds is 90, but must be longer")]
    [InlineData("store: { url: 'file:///store' }", "name a claim that many nodes can write")]
    [InlineData("store: { url: 'file:///elsewhere', existingClaim: c }", "is mounted at /store, but store.url is elsewhere")]
    [InlineData("broker: { caSecret: ca }", "the connection would not be encrypted")]
    [InlineData("ingress: { enabled: true }", "ingress.host is missing")]
    [InlineData("autoscaling: { kind: keda }", "autoscaling.keda.prometheusUrl is missing")]
    [InlineData("lanes: [{ name: cpu, resources: &r { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } } }, { name: cpu, resources: *r }]", "two entries called cpu")]
    [InlineData("{ autoscaling: { kind: hpa }, lanes: [{ name: cpu, minReplicas: 0, resources: {} }] }", "only KEDA can do")]
    [InlineData("{ autoscaling: { kind: hpa }, lanes: [{ name: cpu, minReplicas: 12, resources: {} }] }", "maxReplicas is less than minReplicas")]
    [InlineData("lanes: [{ name: cpu, slots: 4, threads: 2, resources: {} }]", "2 threads are too few")]
    [InlineData("lanes: [{ name: cpu, maxSurge: 0, maxUnavailable: 0, resources: {} }]", "nothing could be rolled out")]
    public void Render_ValuesThatCannotWork_IsRefused(string values, string sentence) =>
        chart.RenderExample(Minimal, values).Error.ShouldNotBeNull().ShouldContain(sentence);

    [SkippableFact]
    public void Render_DefaultsAlone_SaysWhatIsMissing() => chart.Render().Error.ShouldNotBeNull().ShouldContain("broker.url is missing");

    [SkippableFact]
    public void Schema_ValuesThatCannotBeRight_AreRefused()
    {
        (string Values, string At)[] wrong =
        [
            ("brokr: { url: 'amqp://x' }", "brokr"),
            ("broker: { password: hunter2 }", "password"),
            ("broker: { url: 'amqp://user:password@host/' }", "/broker/url"),
            ("broker: { url: 'http://host/' }", "/broker/url"),
            ("store: { url: 'https://a.blob.core.windows.net/c?sig=abc' }", "/store/url"),
            ("store: { url: 'https://key@a.blob.core.windows.net/c' }", "/store/url"),
            ("store: { connectionString: 'AccountKey=abc' }", "connectionString"),
            ("image: { tag: latest }", "/image/tag"),
            ("silo: { port: 80 }", "/silo/port"),
            ("silo: { segmentSeconds: 3600 }", "/silo/segmentSeconds"),
            ("lanes: []", "/lanes"),
            ("lanes: [{ name: cpu }]", "/lanes/0"),
            ("lanes: [{ name: CPU, resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } } }]", "/lanes/0/name"),
            ("lanes: [{ name: cpu, resources: { requests: { cpu: 1, memory: 1Gi }, limits: { cpu: 1 } } }]", "/lanes/0/resources/limits"),
            ("lanes: [{ name: cpu, slots: 2, devices: ['cpu:0'], resources: { requests: { cpu: 1, memory: 1Gi }, limits: { memory: 1Gi } } }]", "/lanes/0"),
            ("autoscaling: { kind: magic }", "/autoscaling/kind"),
            ("podDisruptionBudget: { maxUnavailable: 0 }", "/podDisruptionBudget/maxUnavailable"),
            ("otlp: { url: 'https://user:password@collector' }", "/otlp/url"),
        ];
        IReadOnlyList<(IReadOnlyList<string> Values, IReadOnlyList<string> Objects)> found = chart.Check(wrong.Select(each => chart.RenderExample(Minimal, each.Values) with { Objects = [] }));
        foreach (((string values, string at), (IReadOnlyList<string> errors, _)) in wrong.Zip(found))
            errors.ShouldContain(error => error.Contains(at, StringComparison.Ordinal), values);
    }
}
