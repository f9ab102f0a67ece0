using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Tests.Memory;

public sealed unsafe class ArenaTests
{
    [Fact]
    public void Allocate_AnyShapes_AreAlignedApartZeroAndMeasuredRight() =>
        Prop.ForAll(
            Gen.Two(Gen.Choose(0, 40)).ListOf().ToArbitrary(),
            shapes =>
            {
                Arena measure = Arena.Measure();
                foreach ((int rows, int columns) in shapes)
                    measure.Allocate(rows, columns);
                measure.IsMeasuring.ShouldBeTrue();
                using Arena arena = Arena.OfSize(measure.UsedBytes);
                arena.IsMeasuring.ShouldBeFalse();
                Matrix[] matrices = [.. shapes.Select(s => arena.Allocate(s.Item1, s.Item2))];
                arena.UsedBytes.ShouldBe(measure.UsedBytes);
                arena.UsedBytes.ShouldBe(shapes.Sum(s => Matrix.BytesFor(s.Item1, s.Item2)));
                for (int m = 0; m < matrices.Length; m++)
                {
                    Matrix matrix = matrices[m];
                    ((long)matrix.Data % 64).ShouldBe(0);
                    matrix.ToArray().ShouldAllBe(x => x == 0);
                    for (int i = 0; i < matrix.Rows; i++)
                        matrix.Row(i).Fill(m + 1);
                }

                for (int m = 0; m < matrices.Length; m++)
                    matrices[m].ToArray().ShouldAllBe(x => x == m + 1);
                if (shapes.Count > 0)
                    Should.Throw<InvalidOperationException>(() => arena.Allocate(1, 1));
            }).Check(Config.QuickThrowOnFailure.WithReplay(1, 1));

    [Fact]
    public void Measure_MatrixOfIt_HasAShapeButNoMemory()
    {
        Matrix matrix = Arena.Measure().Allocate(1_000_000, 3000);
        (matrix.Rows, matrix.Columns, matrix.Stride).ShouldBe((1_000_000, 3000, 3008));
        Should.Throw<ObjectDisposedException>(() => matrix[0, 0]);
    }
}
