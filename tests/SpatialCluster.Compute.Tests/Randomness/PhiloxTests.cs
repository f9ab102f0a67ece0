using System.Runtime.Intrinsics;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Compute.Tests.Randomness;

public sealed class PhiloxTests
{
    /// <summary>The known-answer vectors of philox4x32-10 that its authors publish with Random123.</summary>
    [Theory]
    [InlineData(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Block_PublishedVectors_GivesTheirWords(ulong key, ulong high, ulong low, uint w0, uint w1, uint w2, uint w3) =>
        Philox.Block(key, high, low).ShouldBe((w0, w1, w2, w3));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a80)]
    [InlineData(0xffffffffffffffff, 0xffffffffffffffff, 0xfffffffffffffff0)]
    [InlineData(7, 1, 0xfffffff0)]
    [InlineData(7, 1, 0x100000000)]
    public void Blocks_SixteenAtATime_AreThoseOfTheScalarGenerator(ulong key, ulong high, ulong first)
    {
        var words = new Vector512<uint>[4];
        PhiloxVector.Blocks(key, high, first, words);
        for (int lane = 0; lane < 16; lane++)
            Philox.Block(key, high, first + (ulong)lane).ShouldBe((words[0][lane], words[1][lane], words[2][lane], words[3][lane]));
    }
}
