using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Tests.Documents;

public sealed class CampaignReaderTests
{
    private const string Head = "name: a\ndatasets:\n  - { name: d, simulate: { modalities: [rna, protein] } }\n";

    private const string Whole = Head + "methods: [spami]\n";

    [Fact]
    public void Parse_ShortestDocument_HasDefaults()
    {
        CampaignDocument document = CampaignReader.Parse(Whole, "a.yaml");
        document.Name.ShouldBe("a");
        document.Seeds.ShouldBe([0ul]);
        document.Perturbations.ShouldBeEmpty();
        document.Datasets[0].Simulation!.Rows.ShouldBe(36);
        document.Evaluations.ShouldHaveSingleItem().Clustering.ShouldBe(new ClusteringOptions());
        document.Evaluations[0].Umap.ShouldBe(UmapChoice.FirstSeed);
    }

    [Fact]
    public void Parse_ValuesOfEveryKind_AreTaken()
    {
        CampaignDocument document = CampaignReader.Parse(
            """
            version: 1
            name: all
            x-base: &base { epochs: 7, contrastive: off }
            datasets:
              - name: one
                domains: 4
                simulate: { modalities: [{ name: adt, like: protein, features: 50 }, rna], grid: 12x18, seed: 3, noise: 0.5 }
            perturbations:
              - none
              - dropout: 0.5
                modalities: rna
                seed: 9
              - without: [rna, [adt]]
            methods:
              - method: spami
                preset: paper/mouse-thymus
                parameters: { <<: *base, contrastive-weights: [1, 2.5] }
                ablations: [{ name: plain, parameters: { fusion: concatenation } }]
            seeds: [4, 2]
            evaluation:
              - { resolution: 0.5, umap: all }
              - gmm
            """,
            "a.yaml");
        document.Datasets[0].Simulation!.Modalities.Select(m => (m.Name, m.Features)).ShouldBe([("adt", 50), ("rna", 1000)]);
        document.Datasets[0].Simulation!.Columns.ShouldBe(18);
        document.Perturbations.Select(p => p.Kind).ShouldBe(["none", "dropout", "without"]);
        document.Perturbations[1].Seed.ShouldBe(9ul);
        document.Perturbations[2].Removals.Select(r => string.Join('+', r)).ShouldBe(["rna", "adt"]);
        document.Methods[0].Parameters.Select(p => (p.Name, p.Value)).ShouldBe([("contrastive", "off"), ("contrastive-weights", "1,2.5"), ("epochs", "7")]);
        document.Seeds.ShouldBe([4ul, 2ul]);
        document.Evaluations[0].Clustering.ShouldBe(new ClusteringOptions { Resolution = 0.5, ByResolution = true });
        document.Evaluations[1].Clustering.Clusterer.ShouldBe(Clusterer.Gmm);
        document.Evaluations[1].Umap.ShouldBe(UmapChoice.None);
    }

    [Theory]
    [InlineData("methods: [spami]\nseedz: 2\n", 5, "the document has no key 'seedz'; did you mean 'seeds'?")]
    [InlineData("methods: [spamy]\n", 4, "methods[0] is 'spamy'; did you mean 'spami'?")]
    [InlineData("methods:\n  - method: spami\n    presett: x\n", 6, "methods[0] has no key 'presett'; did you mean 'preset'?")]
    [InlineData("methods:\n  - method: spami\n    preset: paper/simulate\n", 6, "methods[0].preset is 'paper/simulate'; did you mean 'paper/simulated'")]
    [InlineData("methods:\n  - method: spami\n    parameters:\n      epoch: 5\n", 7, "methods[0].parameters.epoch is no parameter of spami; did you mean 'epochs'?")]
    [InlineData("methods:\n  - method: spami\n    parameters:\n      dropout: 0.1\n      epochs: 0\n", 8, "methods[0].parameters.epochs: epochs is 0; it must be at least 1.")]
    [InlineData("methods:\n  - method: spami\n    parameters: { epochs: many }\n", 6, "epochs is 'many'; it must be a whole number.")]
    [InlineData("methods:\n  - method: spami\n    datasets: [e]\n", 6, "methods[0].datasets[0] speaks of a dataset 'e' that there is not")]
    [InlineData("methods: [spami]\nmethods: [spami]\n", 5, "the key 'methods' stands here a second time, after line 4")]
    [InlineData("methods:\n  - spami\n  - spami\n", 6, "methods[1] is the method 'spami' a second time, after line 5; give one of them a label")]
    [InlineData("methods: []\n", 4, "methods is empty")]
    [InlineData("methods: spami\n", 4, "methods is 'spami'; it must be a list of methods.")]
    [InlineData("methods:\n", 4, "methods has no value; it must be a list of methods.")]
    [InlineData("methods: [spami]\nseeds: 0\n", 5, "seeds is '0'; it must be a whole number from 1 to 1000.")]
    [InlineData("methods: [spami]\nseeds:\n  - 1\n  - 1\n", 7, "seeds[1] is 1 again")]
    [InlineData("methods: [spami]\nseeds: [-1]\n", 5, "seeds[0] is '-1'")]
    [InlineData("methods: [spami]\nversion: 2\n", 5, "version is newer than 1")]
    [InlineData("methods: [spami]\nperturbations:\n  - noise: [0, -1]\n", 6, "perturbations[0].noise[1] is '-1'")]
    [InlineData("methods: [spami]\nperturbations:\n  - depth: [0]\n", 6, "above 0 and at most 1")]
    [InlineData("methods: [spami]\nperturbations:\n  - nois: [0]\n", 6, "perturbations[0] has no key 'nois'; did you mean 'noise'?")]
    [InlineData("methods: [spami]\nperturbations:\n  - { noise: [1], depth: [0.5] }\n", 6, "names noise and depth at once")]
    [InlineData("methods: [spami]\nperturbations:\n  - without: [protien]\n", 6, "modality 'protien' that there is not; did you mean 'protein'?")]
    [InlineData("methods: [spami]\nevaluation: { clusterer: louvain }\n", 5, "evaluation.clusterer is 'louvain'; known are leiden, k-means, gmm.")]
    [InlineData("methods: [spami]\nevaluation:\n  domains: 5\n  resolution: 1\n", 7, "evaluation.resolution and 'domains' contradict each other")]
    [InlineData("methods: [spami]\npreprocessing: { rna: { component: 3 } }\n", 5, "preprocessing.rna has no key 'component'; did you mean 'components'?")]
    public void Parse_SomethingWrong_NamesLineFieldAndWayOut(string rest, int line, string sentence)
    {
        string message = Should.Throw<BadInputException>(() => CampaignReader.Parse(Head + rest, "a.yaml")).Message;
        message.ShouldStartWith($"a.yaml:{line}: ");
        message.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("datasets:\n  - name: d\n    simulate: { modalities: [rna], grid: 35 }\n", 3, "multiple of 6")]
    [InlineData("datasets:\n  - name: d\n    simulate: { modalities: [rna], grid: 6by6 }\n", 3, "datasets[0].simulate.grid is '6by6'")]
    [InlineData("datasets:\n  - name: d\n    simulate: { modalities: [rnaa] }\n", 3, "did you mean 'rna'?")]
    [InlineData("datasets:\n  - name: d\n    simulate: { modalities: [rna, rna] }\n", 3, "names 'rna' twice")]
    [InlineData("datasets:\n  - name: d\n    simulate: { modalities: [{ name: rna, shape: x }] }\n", 3, "shape is 'x'; it must be a number.")]
    [InlineData("datasets:\n  - name: d\n", 2, "has neither of 'simulate' and 'modalities'")]
    [InlineData("datasets:\n  - name: d\n    simulate: { modalities: [rna] }\n    truth: obs:x\n", 4, "datasets[0] has no key 'truth'")]
    [InlineData("datasets:\n  - name: d\n    modalities: { thing: { file: a.csv } }\n", 3, "does not tell what 'thing' measures")]
    [InlineData("datasets:\n  - { name: d, simulate: { modalities: [rna] } }\n  - { name: d, simulate: { modalities: [rna] } }\n", 3, "is the dataset 'd' a second time, after line 2")]
    [InlineData("datasets:\n  - { name: a/b, simulate: { modalities: [rna] } }\n", 2, "datasets[0].name is 'a/b'")]
    public void Parse_WrongDataset_NamesLineAndWayOut(string datasets, int line, string sentence)
    {
        string message = Should.Throw<BadInputException>(() => CampaignReader.Parse(datasets + "name: a\nmethods: [spami]\n", "a.yaml")).Message;
        message.ShouldStartWith($"a.yaml:{line}: ");
        message.ShouldContain(sentence);
    }

    [Fact]
    public void Read_NoSuchFile_IsRefused() =>
        Should.Throw<BadInputException>(() => CampaignReader.Read("/nowhere/a.yaml")).Message.ShouldContain("check the path");
}
