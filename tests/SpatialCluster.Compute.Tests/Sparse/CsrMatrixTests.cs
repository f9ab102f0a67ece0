using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Compute.Tests.Sparse;

public sealed class CsrMatrixTests
{
    [Fact]
    public void Transpose_AnyMatrix_MovesEveryEntryAndUndoesItself() =>
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
            seed =>
            {
                CsrMatrix matrix = Any(new Random(seed));
                CsrMatrix transposed = matrix.Transpose();
                (transposed.Rows, transposed.Columns, transposed.NonZeros).ShouldBe((matrix.Columns, matrix.Rows, matrix.NonZeros));
                for (int row = 0; row < transposed.Rows; row++)
                {
                    int[] columns = transposed.RowColumns(row).ToArray();
                    columns.ShouldBe(columns.Distinct().Order());
                }

                Entries(transposed).Select(e => (e.Column, e.Row, e.Value)).Order().ShouldBe(Entries(matrix));
                CsrMatrix back = transposed.Transpose();
                back.RowPointers.ShouldBe(matrix.RowPointers);
                back.ColumnIndices.ShouldBe(matrix.ColumnIndices);
                back.Values.ShouldBe(matrix.Values);
            }).Check(Config.QuickThrowOnFailure.WithReplay(1, 1));

    [Fact]
    public void Transpose_ArraysWithRoomToSpare_TakesTheStoredEntriesOnly()
    {
        var matrix = new CsrMatrix(1, 2, [0, 1], [1, 0, 0], [5, 9, 9]);
        CsrMatrix transposed = matrix.Transpose();
        transposed.RowPointers.ShouldBe([0, 0, 1]);
        transposed.Values.ShouldBe([5]);
    }

    [Fact]
    public void Constructor_ArraysThatDoNotBelongTogether_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new CsrMatrix(2, 2, [0, 1], [0], [1]));
        Should.Throw<ArgumentException>(() => new CsrMatrix(1, 2, [1, 1], [0], [1]));
        Should.Throw<ArgumentException>(() => new CsrMatrix(1, 2, [0, 2], [0], [1, 2]));
        Should.Throw<ArgumentException>(() => new CsrMatrix(1, 2, [0, 2], [0, 1], [1]));
    }

    private static CsrMatrix Any(Random random)
    {
        int rows = random.Next(0, 20), columns = random.Next(1, 20);
        var pointers = new long[rows + 1];
        List<int> indices = [];
        List<float> values = [];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (random.Next(4) == 0)
                {
                    indices.Add(j);
                    values.Add(random.NextSingle());
                }
            }

            pointers[i + 1] = indices.Count;
        }

        return new CsrMatrix(rows, columns, pointers, [.. indices], [.. values]);
    }

    private static (int Row, int Column, float Value)[] Entries(CsrMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Rows).SelectMany(row => matrix.RowColumns(row).ToArray().Zip(matrix.RowValues(row).ToArray(), (c, v) => (row, c, v)))];
}
