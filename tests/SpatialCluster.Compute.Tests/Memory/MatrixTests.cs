using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Tests.Memory;

public sealed unsafe class MatrixTests
{
    [Theory]
    [InlineData(3, 1)]
    [InlineData(5, 16)]
    [InlineData(2, 17)]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    public void Writes_ThroughEveryDoor_LeaveThePaddingZero(int rows, int columns)
    {
        float[] values = [.. Enumerable.Range(1, rows * columns).Select(x => (float)x)];
        using Matrix matrix = Matrix.From(rows, columns, values), copy = new(rows, columns);
        ((long)matrix.Data % 64).ShouldBe(0);
        matrix.Stride.ShouldBe((columns + 15) / 16 * 16);
        copy.CopyFrom(matrix);
        copy.ToArray().ShouldBe(values);
        for (int i = 0; i < rows; i++)
        {
            copy.Row(i).Fill(5);
            for (int j = columns; j < copy.Stride; j++)
                (matrix.Data[(i * matrix.Stride) + j], copy.Data[(i * copy.Stride) + j]).ShouldBe((0, 0));
        }

        copy.Clear();
        copy.ToArray().ShouldAllBe(x => x == 0);
    }

    [Fact]
    public void Clear_SomeRows_LeavesTheOthers()
    {
        using Matrix matrix = Matrix.From(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]);
        matrix.Clear(1, 3);
        matrix.ToArray().ShouldBe([1, 2, 0, 0, 0, 0, 7, 8]);
    }

    [Fact]
    public void Access_OutsideTheShape_IsRefused()
    {
        using var matrix = new Matrix(2, 3);
        Should.Throw<ArgumentOutOfRangeException>(() => matrix.Row(2).Length);
        Should.Throw<ArgumentOutOfRangeException>(() => matrix.Row(-1).Length);
        Should.Throw<IndexOutOfRangeException>(() => matrix[0, 3] = 1);
        Should.Throw<ArgumentException>(() => matrix.CopyFrom(new Matrix(3, 2))).Message.ShouldContain("3 × 2");
        Should.Throw<ArgumentOutOfRangeException>(() => new Matrix(-1, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => new Matrix(3, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => Arena.OfSize(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => Arena.Measure().Allocate(-1, 3));
    }
}
