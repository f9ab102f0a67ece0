using System.Text.Json.Nodes;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>What the chart gives is what Kubernetes takes, and hangs together.</summary>
[Collection(ChartCollection.Name)]
public sealed class ChartTests(Chart chart)
{
    public static TheoryData<string> Examples => [.. Chart.Examples];

    [SkippableFact]
    public void Objects_OfAllExamples_AreWhatKubernetesPublishes()
    {
        ChartRendering[] renderings = [.. Chart.Examples.Select(name => chart.RenderExample(name))];
        renderings.Select(rendering => rendering.Error).ShouldAllBe(error => error == null);
        renderings.SelectMany(rendering => rendering.Objects).Select(o => o.Kind).Distinct().Order().ShouldBe(
        [
            "ConfigMap", "Deployment", "HorizontalPodAutoscaler", "Ingress", "NetworkPolicy", "PodDisruptionBudget", "PrometheusRule", "ScaledObject", "Service", "ServiceAccount", "ServiceMonitor",
        ]);
        foreach ((IReadOnlyList<string> values, IReadOnlyList<string> objects) in chart.Check(renderings))
        {
            values.ShouldBeEmpty();
            objects.ShouldBeEmpty();
        }
    }

    // A check that finds nothing must be known to find something.
    [SkippableFact]
    public void Check_FieldMisspeltAndNumberAsText_Finds()
    {
        ChartRendering rendering = chart.RenderExample("minimal-values.yaml");
        ChartObject deployment = rendering.Of("Deployment").ShouldHaveSingleItem();
        deployment.Container["readinesProbe"] = new JsonObject();
        deployment.Object["spec"]!["minReadySeconds"] = "10";
        IReadOnlyList<string> found = chart.Check([rendering]).ShouldHaveSingleItem().Objects;
        found.ShouldContain(text => text.Contains("readinesProbe", StringComparison.Ordinal));
        found.ShouldContain(text => text.Contains("minReadySeconds must be integer", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [MemberData(nameof(Examples))]
    public void Objects_OfAnExample_HaveNamesOfTheirOwnInOneNamespace(string example)
    {
        IReadOnlyList<ChartObject> objects = chart.RenderExample(example).Objects;
        objects.Select(o => $"{o.Kind}/{o.Name}").ShouldBeUnique();
        objects.ShouldAllBe(o => o.Name.Length <= 63 && (string)o.Object["metadata"]!["namespace"]! == "lab");
    }

    [SkippableTheory]
    [MemberData(nameof(Examples))]
    public void Selectors_OfAnExample_MatchThePodsOfTheirLane(string example)
    {
        ChartRendering rendering = chart.RenderExample(example);
        ChartObject[] deployments = [.. rendering.Of("Deployment")];
        foreach (ChartObject deployment in deployments)
        {
            JsonNode selector = deployment.Object["spec"]!["selector"]!["matchLabels"]!;
            deployments.Where(other => ChartObject.Matches(selector, other.PodTemplate["metadata"]!["labels"]!)).ShouldBe([deployment]);
            ChartObject.Matches(deployment.Pod["topologySpreadConstraints"]![0]!["labelSelector"]!["matchLabels"]!, selector).ShouldBeTrue();
        }

        foreach (ChartObject budget in rendering.Of("PodDisruptionBudget"))
            deployments.Count(d => ChartObject.Matches(budget.Object["spec"]!["selector"]!["matchLabels"]!, d.PodTemplate["metadata"]!["labels"]!)).ShouldBe(1);
        foreach (JsonNode all in rendering.Of("Service").Select(o => o.Object["spec"]!["selector"]!).Concat(rendering.Of("NetworkPolicy").Select(o => o.Object["spec"]!["podSelector"]!["matchLabels"]!)))
            deployments.ShouldAllBe(d => ChartObject.Matches(all, d.PodTemplate["metadata"]!["labels"]!));
        foreach (ChartObject monitor in rendering.Of("ServiceMonitor"))
            rendering.Of("Service").ShouldAllBe(s => ChartObject.Matches(monitor.Object["spec"]!["selector"]!["matchLabels"]!, s.Object["metadata"]!["labels"]!));
    }

    [SkippableTheory]
    [MemberData(nameof(Examples))]
    public void References_OfAnExample_LeadToWhatIsThere(string example)
    {
        ChartRendering rendering = chart.RenderExample(example);
        ChartObject service = rendering.Of("Service").ShouldHaveSingleItem();
        string servicePort = (string)service.Object["spec"]!["ports"]!.AsArray().ShouldHaveSingleItem()!["name"]!;
        foreach (ChartObject deployment in rendering.Of("Deployment"))
        {
            string port = (string)deployment.Container["ports"]!.AsArray().ShouldHaveSingleItem()!["name"]!;
            ((string)service.Object["spec"]!["ports"]![0]!["targetPort"]!).ShouldBe(port);
            foreach ((string probe, string path) in ((string, string)[])[("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")])
            {
                ((string)deployment.Container[probe]!["httpGet"]!["port"]!).ShouldBe(port);
                ((string)deployment.Container[probe]!["httpGet"]!["path"]!).ShouldBe(path);
            }

            deployment.Arguments.ShouldContain($"--http=0.0.0.0:{(int)deployment.Container["ports"]![0]!["containerPort"]!}");
            deployment.Container["volumeMounts"]!.AsArray().Select(mount => (string)mount!["name"]!).Order()
                .ShouldBe(deployment.Pod["volumes"]!.AsArray().Select(volume => (string)volume!["name"]!).Order());
            string account = (string)deployment.Pod["serviceAccountName"]!;
            (rendering.Of("ServiceAccount").Any(o => o.Name == account) || account == "default").ShouldBeTrue();
        }

        foreach (ChartObject ingress in rendering.Of("Ingress"))
        {
            JsonNode backend = ingress.Object["spec"]!["rules"]![0]!["http"]!["paths"]![0]!["backend"]!["service"]!;
            ((string)backend["name"]!).ShouldBe(service.Name);
            ((string)backend["port"]!["name"]!).ShouldBe(servicePort);
        }

        foreach (ChartObject monitor in rendering.Of("ServiceMonitor"))
            ((string)monitor.Object["spec"]!["endpoints"]![0]!["port"]!).ShouldBe(servicePort);
        foreach (ChartObject scaler in rendering.Of("HorizontalPodAutoscaler").Concat(rendering.Of("ScaledObject")))
        {
            ChartObject target = rendering.Of("Deployment").Single(d => d.Name == (string)scaler.Object["spec"]!["scaleTargetRef"]!["name"]!);
            target.Object["spec"]!["replicas"].ShouldBeNull("an autoscaler and the chart would fight over the replicas");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Examples))]
    public void Files_ThatArgumentsName_AreMounted(string example)
    {
        foreach (ChartObject deployment in chart.RenderExample(example).Of("Deployment"))
        {
            string folder = (string)deployment.Container["volumeMounts"]!.AsArray().Single(mount => (string)mount!["name"]! == "secrets")!["mountPath"]!;
            string[] projected =
            [
                .. deployment.Pod["volumes"]!.AsArray().Single(volume => (string)volume!["name"]! == "secrets")!["projected"]!["sources"]!.AsArray()
                    .SelectMany(source => source!["secret"]!["items"]!.AsArray())
                    .Select(item => $"{folder}/{(string)item!["path"]!}"),
            ];
            deployment.Arguments.Where(a => a.Contains("/run/", StringComparison.Ordinal)).Select(a => a.Split('=', 2)[1]).Order().ShouldBe(projected.Order());
            string store = deployment.Arguments.Single(a => a.StartsWith("--store=", StringComparison.Ordinal))["--store=".Length..];
            if (store.StartsWith("file://", StringComparison.Ordinal))
                deployment.Container["volumeMounts"]!.AsArray().ShouldContain(mount => store.StartsWith("file://" + (string)mount!["mountPath"]!, StringComparison.Ordinal));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Examples))]
    public void Pods_OfAnExample_MayDoLittleAndSayWhatTheyNeed(string example)
    {
        foreach (ChartObject deployment in chart.RenderExample(example).Of("Deployment"))
        {
            JsonNode pod = deployment.Pod["securityContext"]!;
            ((bool)pod["runAsNonRoot"]!).ShouldBeTrue();
            ((string)pod["seccompProfile"]!["type"]!).ShouldBe("RuntimeDefault");
            ((bool)deployment.Pod["automountServiceAccountToken"]!).ShouldBeFalse();
            JsonNode container = deployment.Container["securityContext"]!;
            ((bool)container["readOnlyRootFilesystem"]!).ShouldBeTrue();
            ((bool)container["allowPrivilegeEscalation"]!).ShouldBeFalse();
            container["capabilities"]!["drop"]!.AsArray().Select(capability => (string)capability!).ShouldBe(["ALL"]);
            deployment.Container["resources"]!["requests"]!["cpu"].ShouldNotBeNull();
            ((string)deployment.Container["resources"]!["requests"]!["memory"]!).ShouldBe((string)deployment.Container["resources"]!["limits"]!["memory"]!);
            ((string)deployment.Container["image"]!).ShouldNotEndWith(":latest");
        }
    }

    // The user's number is written in the image, too.
    [SkippableFact]
    public void User_OfThePods_IsTheImages()
    {
        ChartObject deployment = chart.RenderExample("minimal-values.yaml").Of("Deployment").ShouldHaveSingleItem();
        JsonNode context = deployment.Pod["securityContext"]!;
        File.ReadAllLines(Architecture.Checkout.PathOf("deploy/Dockerfile")).ShouldContain($"USER {(int)context["runAsUser"]!}:{(int)context["runAsGroup"]!}");
    }

    [SkippableTheory]
    [MemberData(nameof(Examples))]
    public void Grace_OfThePods_IsLongerThanACheckpointAndTheHandOver(string example)
    {
        foreach (ChartObject deployment in chart.RenderExample(example).Of("Deployment"))
            ((int)deployment.Pod["terminationGracePeriodSeconds"]!).ShouldBeGreaterThan(Number("--checkpoint-interval=") + Number("--grace="));

        int Number(string option) => int.Parse(chart.RenderExample(example).Of("Deployment").First().Arguments.Single(a => a.StartsWith(option, StringComparison.Ordinal))[option.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    [SkippableTheory]
    [MemberData(nameof(Examples))]
    public void Secrets_OfAnExample_AreReferencesAlone(string example)
    {
        ChartRendering rendering = chart.RenderExample(example);
        rendering.Of("Secret").ShouldBeEmpty();
        foreach (ChartObject deployment in rendering.Of("Deployment"))
        {
            foreach (JsonNode? variable in deployment.Container["env"]!.AsArray().Where(v => ((string)v!["name"]!).StartsWith("SPATIALCLUSTER_BROKER_", StringComparison.Ordinal)))
            {
                variable!["value"].ShouldBeNull();
                variable["valueFrom"]!["secretKeyRef"]!["name"].ShouldNotBeNull();
            }

            deployment.Arguments.ShouldAllBe(argument => !argument.Contains('@', StringComparison.Ordinal) && !argument.Contains("sig=", StringComparison.OrdinalIgnoreCase));
        }
    }

    // What the chart and the compose file say to the program, it must understand.
    [SkippableFact]
    public void Arguments_OfChartAndComposeFile_AreOptionsOfTheProgram()
    {
        CliResult help = CliProcess.Run(Path.GetTempPath(), "silo", "--help");
        Skip.IfNot(help.Output.Contains("--engine", StringComparison.Ordinal), "the program has no command silo");
        string[] options =
        [
            .. Chart.Examples.SelectMany(example => chart.RenderExample(example).Of("Deployment")).SelectMany(deployment => deployment.Arguments)
                .Concat(ComposeTests.Command("silo-1"))
                .Where(argument => argument.StartsWith("--", StringComparison.Ordinal))
                .Select(argument => argument.Split('=')[0])
                .Distinct(),
        ];
        options.Length.ShouldBeGreaterThan(12);
        options.Where(option => !help.Output.Contains($"  {option} ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [SkippableFact]
    public void Lanes_CpuAndGpu_AskForTheirDevices()
    {
        ChartObject[] deployments = [.. chart.RenderExample("gpu-values.yaml").Of("Deployment")];
        deployments.Select(d => d.Name).ShouldBe(["silo-spatialcluster-cpu", "silo-spatialcluster-gpu"]);
        deployments[0].Arguments.ShouldContain("--slots=4");
        deployments[0].Container["resources"]!["limits"]!["nvidia.com/gpu"].ShouldBeNull();
        deployments[1].Arguments.ShouldContain("--devices=gpu:0,cpu:0");
        ((int)deployments[1].Container["resources"]!["limits"]!["nvidia.com/gpu"]!).ShouldBe(1);
        deployments[1].Pod["nodeSelector"].ShouldNotBeNull();
        deployments[1].Pod["tolerations"]!.AsArray().Count.ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData("amqp://host/", "https://a.blob.core.windows.net/c", 5672, 443)]
    [InlineData("amqps://host/v", "azurite://azurite:10001/c", 5671, 10001)]
    [InlineData("amqps://host:5673", "azurite://azurite/c", 5673, 10000)]
    public void Egress_ToBrokerAndStore_IsOnThePortsOfTheirUrls(string broker, string store, int brokerPort, int storePort)
    {
        ChartRendering rendering = chart.RenderExample("minimal-values.yaml", $"{{broker: {{url: '{broker}'}}, store: {{url: '{store}'}}}}");
        rendering.Error.ShouldBeNull();
        rendering.Of("NetworkPolicy").ShouldHaveSingleItem().Object["spec"]!["egress"]!.AsArray()
            .SelectMany(rule => rule!["ports"]!.AsArray()).Select(port => (int)port!["port"]!).ShouldBe([53, 53, brokerPort, storePort]);
    }

    [SkippableFact]
    public void Autoscaling_ByHpa_LooksAtWaitingGrainsAndBusyDevicesOfTheLane()
    {
        JsonNode spec = chart.RenderExample("hpa-values.yaml").Of("HorizontalPodAutoscaler").ShouldHaveSingleItem().Object["spec"]!;
        JsonNode[] metrics = [.. spec["metrics"]!.AsArray().Select(metric => metric!["external"]!)];
        metrics.Select(m => (string)m["metric"]!["name"]!).ShouldBe(["spatialcluster_grains_waiting", "spatialcluster_devices_busy"]);
        metrics.ShouldAllBe(m => (string)m["metric"]!["selector"]!["matchLabels"]!["lane"]! == "cpu");
        metrics.Select(m => (string)m["target"]!["averageValue"]!).ShouldBe(["8", "2"]);
        ((int)spec["minReplicas"]!).ShouldBe(2);
        ((int)spec["maxReplicas"]!).ShouldBe(20);
    }

    [SkippableFact]
    public void Autoscaling_ByKeda_MayGoDownToNone()
    {
        ChartObject[] scalers = [.. chart.RenderExample("keda-values.yaml").Of("ScaledObject")];
        scalers.Select(s => (int)s.Object["spec"]!["minReplicaCount"]!).ShouldBe([1, 0]);
        string[] queries = [.. scalers.SelectMany(s => s.Object["spec"]!["triggers"]!.AsArray()).Select(trigger => (string)trigger!["metadata"]!["query"]!)];
        queries.ShouldContain("max(spatialcluster_grains_waiting{namespace=\"lab\",lane=\"gpu\"}) or vector(0)");
        PrometheusQueries.ShouldBeRight(queries);
    }

    [SkippableFact]
    public void Notes_OfAnExample_TellHowToSubmitAndWarnOfPlainConnections()
    {
        chart.RenderExample("minimal-values.yaml").Notes.ShouldContain("WARNING: the connection to the broker is not encrypted");
        string notes = chart.RenderExample("everything-values.yaml").Notes;
        notes.ShouldNotContain("WARNING");
        notes.ShouldContain("campaign run FILE --engine rabbitmq --broker amqps://rabbitmq.messaging/");
        notes.ShouldContain("https://campaigns.example.org/");
    }
}
