using System.Text;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.BadInput;

/// <summary>Files that cannot be integrated: exit code 2, a sentence that names file and way out, nothing left behind.</summary>
public sealed class BadFileTests(Workplace workplace) : IClassFixture<Workplace>
{
    [Fact]
    public void Integrate_FileMissing_IsSaid() => Refused(workplace.NewFolder(), "nowhere.h5ad", "There is no file nowhere.h5ad");

    [Fact]
    public void Integrate_TextCalledH5ad_IsSaid()
    {
        string inputs = workplace.NewFolder();
        File.WriteAllText(Path.Combine(inputs, "a.h5ad"), "spot,gene\na,1\n");
        Refused(workplace.NewFolder(), Path.Combine(inputs, "a.h5ad"), "a.h5ad is not an HDF5 file", "convert it");
    }

    [Fact]
    public void Integrate_Hdf5WithoutX_IsSaid() =>
        Refused(workplace.NewFolder(), new SampleFile { WithValues = false }.Write(workplace.NewFolder(), "a.h5ad"), "a.h5ad", "X");

    [Fact]
    public void Integrate_Hdf5WithoutPlaces_NamesTheOption() =>
        Refused(workplace.NewFolder(), new SampleFile { WithPlaces = false }.Write(workplace.NewFolder(), "a.h5ad"), "a.h5ad", "--coordinates");

    [Fact]
    public void Integrate_NotANumber_NamesSpotAndFeature() =>
        Refused(workplace.NewFolder(), new SampleFile { OddValue = float.NaN }.Write(workplace.NewFolder(), "a.h5ad"), "a.h5ad", "spot005", "gene2");

    [Fact]
    public void Integrate_NegativeCount_NamesTheWaysOut() =>
        Refused(workplace.NewFolder(), new SampleFile { OddValue = -1 }.Write(workplace.NewFolder(), "a.h5ad"), "spot005", "negative", "--preprocessed rna");

    [Fact]
    public void Integrate_SpotNameTwice_NamesIt()
    {
        string path = new SampleFile().Write(workplace.NewFolder(), "a.h5ad");
        // The writer refuses such a file, so the name is changed afterwards.
        byte[] bytes = File.ReadAllBytes(path);
        "spot006"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("spot007"u8)));
        File.WriteAllBytes(path, bytes);
        Refused(workplace.NewFolder(), path, "a.h5ad", "both named 'spot006'");
    }

    [Fact]
    public void Integrate_NoSpotInCommon_NamesAnExampleOfEach()
    {
        string inputs = workplace.NewFolder();
        string rna = new SampleFile().Write(inputs, "rna.h5ad"), protein = new SampleFile { FirstName = 500 }.Write(inputs, "protein.h5ad");
        Refused(workplace.NewFolder(), rna, ["--modality", $"protein={protein}"], "no spot in common", "'spot500' against 'spot000'");
    }

    [Fact]
    public void Integrate_FewSpotsInCommon_SaysHowManyAndGoesOnWhenAllowed()
    {
        string inputs = workplace.NewFolder();
        string rna = new SampleFile().Write(inputs, "rna.h5ad"), protein = new SampleFile { FirstName = 10 }.Write(inputs, "protein.h5ad");
        string[] second = ["--modality", $"protein={protein}"];
        Refused(workplace.NewFolder(), rna, second, "30 of 40 spots", "95 %", "--allow-unmatched");
        CliResult run = Workplace.Integrate(workplace.NewFolder(), ["--modality", $"rna={rna}", .. second, "--allow-unmatched", "--json"]).ShouldSucceed();
        run.Number("spots").ShouldBe(30);
        run.Notes.ShouldContain("30 of 40 spots");
    }

    [Fact]
    public void Integrate_FewerSpotsThanNeighbours_IsSaid() =>
        Refused(workplace.NewFolder(), new SampleFile { Spots = 3 }.Write(workplace.NewFolder(), "a.h5ad"), "3 spots", "--neighbors");

    [Fact]
    public void Integrate_RankBelowComponents_SaysTheRank() =>
        Refused(workplace.NewFolder(), new SampleFile { DistinctFeatures = 4 }.Write(workplace.NewFolder(), "a.h5ad"), ["--components", "8"], "rna", "4", "8", "components");

    [Fact]
    public void Integrate_ModelDamaged_IsSaid()
    {
        string model = Path.Combine(workplace.NewFolder(), "m.model");
        Workplace.Integrate(workplace.NewFolder(), "--modality", $"rna={workplace.Rna}", "--save-model", model).ShouldSucceed();
        byte[] bytes = File.ReadAllBytes(model);
        foreach (byte[] damaged in (byte[][])[bytes[..(bytes.Length / 2)], Encoding.UTF8.GetBytes("no model")])
        {
            File.WriteAllBytes(model, damaged);
            string folder = workplace.NewFolder();
            CliProcess.Run(folder, "integrate", "--modality", $"rna={workplace.Rna}", "--load-model", model, "--out", "o.h5ad").ShouldBeRefused("m.model");
            Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 0)]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    public void Integrate_DamagedFileUntrusted_Survives(double share, int damage)
    {
        string inputs = workplace.NewFolder();
        byte[] bytes = File.ReadAllBytes(workplace.Rna);
        bytes = bytes[..(int)(bytes.Length * share)];
        // Every seventeenth byte flipped behind the superblock: sizes, addresses and types all lie.
        for (int i = 96 * damage; damage > 0 && i < bytes.Length; i += 17)
            bytes[i] ^= (byte)(0x55 * damage);
        string path = Path.Combine(inputs, "a.h5ad");
        File.WriteAllBytes(path, bytes);
        Refused(workplace.NewFolder(), path, ["--untrusted"], "a.h5ad");
    }

    private static void Refused(string folder, string rna, params string[] parts) => Refused(folder, rna, [], parts);

    private static void Refused(string folder, string rna, string[] more, params string[] parts)
    {
        Workplace.Integrate(folder, ["--modality", $"rna={rna}", "--report", "r.html", .. more]).ShouldBeRefused(parts);
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }
}
