using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Text;

/// <summary>The bytes of a text file, inflated where it is gzip by content; whatever goes wrong is said with the file's name.</summary>
internal sealed class TextInput : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly string _path;

    private TextInput(string path, Stream inner)
    {
        _path = path;
        _inner = inner;
    }

    public static TextInput Open(string path)
    {
        if (Directory.Exists(path))
            throw new BadInputException($"{path} is a folder; name a file.");
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            bool gzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            return new TextInput(path, gzip ? new WholeGzipStream(file) : file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"There is no file {path}; check the path.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new BadInputException($"{path} may not be read; check its permissions.", error);
        }
        catch (Exception error) when (error is IOException or NotSupportedException or ArgumentException)
        {
            file?.Dispose();
            throw new BadInputException($"{path} cannot be opened: {error.Message}", error);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (Exception error) when (_inner is WholeGzipStream && error is (InvalidDataException or IOException))
        {
            throw new BadInputException($"{_path} is a damaged or incomplete gzip file; fetch or compress it again.", error);
        }
        catch (IOException error)
        {
            throw new SpatialClusterException(FailureKind.Permanent, $"{_path} cannot be read: {error.Message}", error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
