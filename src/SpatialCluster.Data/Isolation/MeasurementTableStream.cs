using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Isolation;

/// <summary>
/// A measurement table as a stream of bytes, to hand it from one process to another. Little-endian: <c>SCMT</c>, version,
/// then either an error's text or the table's parts in the order of <see cref="Write"/>, then <c>TMCS</c>. The reader trusts
/// nothing: sizes are checked against a limit before anything is allocated, indices and codes against their ranges.
/// </summary>
public static class MeasurementTableStream
{
    private const int Magic = 0x544D4353;
    private const int EndMark = 0x53434D54;
    private const int FormatVersion = 2;
    private const byte TableFollows = 1;
    private const byte ErrorFollows = 2;

    /// <summary>Writes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="output">Where it goes; flushed, not closed.</param>
    public static void Write(MeasurementTable table, Stream output)
    {
        using var writer = new CheckedWriter(output);
        WriteHead(writer, TableFollows);
        writer.Text(table.Source);
        writer.Texts(table.SpotNames);
        writer.Texts(table.FeatureNames);
        writer.Texts(table.FeatureTypes);
        CsrMatrix values = table.Values;
        writer.Numbers<long>(values.RowPointers.AsSpan(0, values.Rows + 1));
        writer.Numbers<int>(values.ColumnIndices.AsSpan(0, (int)values.NonZeros));
        writer.Numbers<float>(values.Values.AsSpan(0, (int)values.NonZeros));
        writer.Number(table.Coordinates is null ? 0 : 1);
        if (table.Coordinates is { } coordinates)
        {
            writer.Numbers<double>(coordinates.X);
            writer.Numbers<double>(coordinates.Y);
        }

        writer.Number(table.Annotations.Count);
        foreach (SpotAnnotation annotation in table.Annotations)
        {
            writer.Text(annotation.Name);
            writer.Numbers<int>(annotation.Codes);
            writer.Texts(annotation.Categories);
        }

        writer.Texts(table.OtherLayers);
        writer.Texts(table.Warnings);
        writer.Number(EndMark);
    }

    /// <summary>Writes, instead of a table, why there is none.</summary>
    /// <param name="message">The error's text.</param>
    /// <param name="output">Where it goes; flushed, not closed.</param>
    public static void WriteError(string message, Stream output)
    {
        using var writer = new CheckedWriter(output);
        WriteHead(writer, ErrorFollows);
        writer.Text(message);
        writer.Number(EndMark);
    }

    /// <summary>Reads a table back.</summary>
    /// <param name="input">What <see cref="Write"/> or <see cref="WriteError"/> wrote.</param>
    /// <param name="mostBytes">More than this is not taken in.</param>
    /// <returns>The table, valid in itself.</returns>
    /// <exception cref="BadInputException">The error that was written, or a stream that is cut, damaged or too large.</exception>
    public static MeasurementTable Read(Stream input, long mostBytes = long.MaxValue)
    {
        var reader = new CheckedReader(new BufferedStream(input, 1 << 16), mostBytes);
        if (reader.Number() != Magic)
            throw CheckedReader.Damaged("it does not begin as one");
        int version = reader.Number();
        if (version != FormatVersion)
            throw CheckedReader.Damaged($"it has version {version}, and this program reads version {FormatVersion}");
        switch (reader.Byte())
        {
            case ErrorFollows:
                throw new BadInputException(reader.Text());
            case TableFollows:
                MeasurementTable table = ReadTable(reader);
                return reader.Number() == EndMark ? table : throw CheckedReader.Damaged("its end is missing");
            default:
                throw CheckedReader.Damaged("it holds neither a table nor an error");
        }
    }

    private static void WriteHead(CheckedWriter writer, byte content)
    {
        writer.Number(Magic);
        writer.Number(FormatVersion);
        writer.Byte(content);
    }

    private static MeasurementTable ReadTable(CheckedReader reader)
    {
        string source = reader.Text();
        string[] spots = reader.Texts();
        string[] features = reader.Texts();
        string[] types = reader.Texts();
        CheckedReader.Require(types.Length == 0 || types.Length == features.Length, "feature types");
        CsrMatrix values = ReadMatrix(reader, spots.Length, features.Length);
        SpotCoordinates? coordinates = reader.Number() == 0 ? null : ReadCoordinates(reader, spots.Length);
        int annotations = reader.Number();
        CheckedReader.Require(annotations >= 0, "annotations");
        var labels = new List<SpotAnnotation>();
        for (int i = 0; i < annotations; i++)
            labels.Add(ReadAnnotation(reader, spots.Length));
        return new MeasurementTable
        {
            Source = source,
            SpotNames = spots,
            FeatureNames = features,
            FeatureTypes = types,
            Values = values,
            Coordinates = coordinates,
            Annotations = labels,
            OtherLayers = reader.Texts(),
            Warnings = reader.Texts(),
        };
    }

    private static CsrMatrix ReadMatrix(CheckedReader reader, int rows, int columns)
    {
        long[] pointers = reader.Numbers<long>();
        CheckedReader.Require(pointers.Length == rows + 1 && pointers[0] == 0, "row pointers");
        for (int row = 0; row < rows; row++)
            CheckedReader.Require(pointers[row + 1] >= pointers[row], "row pointers");
        int[] indices = reader.Numbers<int>();
        float[] values = reader.Numbers<float>();
        CheckedReader.Require(pointers[rows] == indices.Length && indices.Length == values.Length, "non-zeros");
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<int> here = indices.AsSpan((int)pointers[row], (int)(pointers[row + 1] - pointers[row]));
            bool valid = here.Length == 0
                || (here[0] >= 0 && here[^1] < columns && Hdf5.Matrices.RisingCheck.IsStrictlyRising(here));
            CheckedReader.Require(valid, "column indices");
        }

        CheckedReader.Require(Hdf5.Matrices.FiniteCheck.IndexOfNonFinite(values) < 0, "values");
        return new CsrMatrix(rows, columns, pointers, indices, values);
    }

    private static SpotCoordinates ReadCoordinates(CheckedReader reader, int spots)
    {
        double[] x = reader.Numbers<double>();
        double[] y = reader.Numbers<double>();
        CheckedReader.Require(x.Length == spots && y.Length == spots, "coordinates");
        CheckedReader.Require(Array.TrueForAll(x, double.IsFinite) && Array.TrueForAll(y, double.IsFinite), "coordinates");
        return new SpotCoordinates(x, y);
    }

    private static SpotAnnotation ReadAnnotation(CheckedReader reader, int spots)
    {
        string name = reader.Text();
        int[] codes = reader.Numbers<int>();
        string[] categories = reader.Texts();
        CheckedReader.Require(codes.Length == spots && Array.TrueForAll(codes, code => code >= -1 && code < categories.Length), "labels");
        return new SpotAnnotation(name, codes, categories);
    }
}
