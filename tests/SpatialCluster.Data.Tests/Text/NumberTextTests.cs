using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Data.Text;

namespace SpatialCluster.Data.Tests.Text;

public sealed class NumberTextTests
{
    [Fact]
    public void TryParse_AnyDouble_SameBitsAsTheFrameworkParser()
    {
        Gen<string> formats = Gen.Elements("R", "F0", "F3", "F7", "E5", "G6");
        Check.QuickThrowOnFailure(Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat>(),
            formats.ToArbitrary(),
            (value, format) => SameAsFramework((value.Item % 1e7).ToString(format, CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("007")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("0.1")]
    [InlineData("123456789012345")]
    [InlineData("1234567890123456")]
    [InlineData("0.00000000000001")]
    [InlineData("99999999.9999999")]
    [InlineData("-3")]
    [InlineData("+3")]
    [InlineData("1e-3")]
    [InlineData(" 4 ")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("")]
    [InlineData("--1")]
    [InlineData("0x10")]
    public void TryParse_Edges_SameAsTheFrameworkParser(string text) => SameAsFramework(text).ShouldBeTrue();

    private static bool SameAsFramework(string text)
    {
        bool expected = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double right);
        bool found = NumberText.TryParse(Encoding.ASCII.GetBytes(text), out double value);
        return expected == found && (!found || BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(right));
    }
}
