using System.Globalization;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Npy;

/// <summary>Reads the Python literal in the head of a <c>.npy</c> file: a dictionary of three known entries, in any order.</summary>
internal ref struct NpyHeaderText
{
    private readonly string _source;
    private ReadOnlySpan<char> _rest;

    private NpyHeaderText(string text, string source)
    {
        _rest = text;
        _source = source;
    }

    public static NpyHeader Parse(string text, string source) => new NpyHeaderText(text, source).Parse();

    private NpyHeader Parse()
    {
        string? descriptor = null;
        bool? fortran = null;
        int[]? shape = null;
        Expect('{');
        while (!Take('}'))
        {
            string key = Quoted();
            Expect(':');
            switch (key)
            {
                case "descr" when descriptor is null:
                    descriptor = Next() == '\'' || Next() == '"' ? Quoted() : throw new BadInputException($"{_source} holds records of several fields; write each as an array of its own.");
                    break;
                case "fortran_order" when fortran is null:
                    fortran = Flag();
                    break;
                case "shape" when shape is null:
                    shape = Shape();
                    break;
                default:
                    throw Damaged();
            }

            if (Take(','))
                continue;
            Expect('}');
            break;
        }

        if (descriptor is null || fortran is null || shape is null || !_rest.Trim().IsEmpty)
            throw Damaged();
        if (descriptor.Contains('O', StringComparison.Ordinal))
            throw new BadInputException($"{_source} holds Python objects, which are not read; write it as an array of numbers.");
        if (fortran.Value)
            throw new BadInputException($"{_source} is in Fortran order; write numpy.ascontiguousarray of it.");
        if (shape.Length is not (1 or 2))
            throw new BadInputException($"{_source} has {shape.Length} dimensions, and one or two are read; write it in that shape.");
        return new NpyHeader(descriptor, shape, shape.Length == 1 ? shape[0] : (long)shape[0] * shape[1]);
    }

    private int[] Shape()
    {
        var lengths = new List<int>();
        Expect('(');
        while (!Take(')'))
        {
            int digits = 0;
            while (digits < _rest.Length && char.IsAsciiDigit(_rest[digits]))
                digits++;
            if (!int.TryParse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int length))
                throw Damaged();
            lengths.Add(length);
            _rest = _rest[digits..];
            if (Take(','))
                continue;
            Expect(')');
            break;
        }

        return [.. lengths];
    }

    private bool Flag()
    {
        bool value = Next() == 'T';
        string word = value ? "True" : "False";
        if (!_rest.StartsWith(word, StringComparison.Ordinal))
            throw Damaged();
        _rest = _rest[word.Length..];
        return value;
    }

    private string Quoted()
    {
        char quote = Next();
        int end = quote is '\'' or '"' ? _rest[1..].IndexOf(quote) : -1;
        if (end < 0)
            throw Damaged();
        string text = _rest.Slice(1, end).ToString();
        _rest = _rest[(end + 2)..];
        return text;
    }

    private char Next()
    {
        _rest = _rest.TrimStart();
        return _rest.IsEmpty ? '\0' : _rest[0];
    }

    private bool Take(char sign)
    {
        bool there = Next() == sign;
        if (there)
            _rest = _rest[1..].TrimStart();
        return there;
    }

    private void Expect(char sign)
    {
        if (!Take(sign))
            throw Damaged();
    }

    private readonly BadInputException Damaged() => new($"{_source} has a head that is none of a .npy file; it is damaged: fetch or write it anew.");
}
