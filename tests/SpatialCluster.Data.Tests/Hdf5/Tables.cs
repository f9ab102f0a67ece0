using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Tests.Hdf5;

/// <summary>Looks into tables.</summary>
internal static class Tables
{
    public static float[,] Dense(CsrMatrix matrix)
    {
        var dense = new float[matrix.Rows, matrix.Columns];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int i = 0; i < matrix.RowColumns(row).Length; i++)
                dense[row, matrix.RowColumns(row)[i]] += matrix.RowValues(row)[i];
        }

        return dense;
    }

    public static SpotAnnotation Annotation(MeasurementTable table, string name) =>
        table.Annotations.Where(annotation => annotation.Name == name).ShouldHaveSingleItem();

    /// <summary>Everything that a consumer relies on.</summary>
    public static void RequireValid(MeasurementTable table)
    {
        RequireValidShape(table);
        table.SpotNames.Distinct().Count().ShouldBe(table.Values.Rows);
    }

    /// <summary>Everything but the uniqueness of names.</summary>
    public static void RequireValidShape(MeasurementTable table)
    {
        CsrMatrix values = table.Values;
        values.Rows.ShouldBe(table.SpotNames.Count);
        values.Columns.ShouldBe(table.FeatureNames.Count);
        for (int row = 0; row < values.Rows; row++)
        {
            ReadOnlySpan<int> columns = values.RowColumns(row);
            for (int i = 0; i < columns.Length; i++)
            {
                (columns[i] >= 0 && columns[i] < values.Columns).ShouldBeTrue();
                (i == 0 || columns[i] > columns[i - 1]).ShouldBeTrue();
                float.IsFinite(values.RowValues(row)[i]).ShouldBeTrue();
            }
        }

        if (table.Coordinates is { } places)
            (places.X.Length == values.Rows && places.Y.Length == values.Rows).ShouldBeTrue();
        foreach (SpotAnnotation annotation in table.Annotations)
        {
            annotation.Codes.Length.ShouldBe(values.Rows);
            annotation.Codes.ShouldAllBe(code => code >= -1 && code < annotation.Categories.Count);
        }
    }

    public static void ShouldBeSame(MeasurementTable actual, MeasurementTable expected)
    {
        actual.Source.ShouldBe(expected.Source);
        actual.SpotNames.ShouldBe(expected.SpotNames);
        actual.FeatureNames.ShouldBe(expected.FeatureNames);
        actual.FeatureTypes.ShouldBe(expected.FeatureTypes);
        actual.Warnings.ShouldBe(expected.Warnings);
        actual.OtherLayers.ShouldBe(expected.OtherLayers);
        actual.Values.RowPointers.ShouldBe(expected.Values.RowPointers);
        actual.Values.ColumnIndices.ShouldBe(expected.Values.ColumnIndices);
        actual.Values.Values.ShouldBe(expected.Values.Values);
        actual.Coordinates?.X.ShouldBe(expected.Coordinates!.X);
        actual.Coordinates?.Y.ShouldBe(expected.Coordinates!.Y);
        (actual.Coordinates is null).ShouldBe(expected.Coordinates is null);
        actual.Annotations.Select(annotation => annotation.Name).ShouldBe(expected.Annotations.Select(annotation => annotation.Name));
        foreach ((SpotAnnotation a, SpotAnnotation e) in actual.Annotations.Zip(expected.Annotations))
        {
            a.Codes.ShouldBe(e.Codes);
            a.Categories.ShouldBe(e.Categories);
        }
    }
}
