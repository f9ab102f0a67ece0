using System.Text;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html;

/// <summary>What is around the parts of every page: the head, with a policy that lets nothing in from elsewhere, and the end.</summary>
internal static class HtmlDocument
{
    public static void Write(Stream stream, string title, string version, string style, IEnumerable<string> parts)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <meta name="generator" content="SpatialCluster {Xml.Escape(version)}"/>
            <title>{Xml.Escape(title)} – SpatialCluster</title>
            <style>
            {style}
            </style>
            </head>
            <body>

            """);
        foreach (string part in parts)
        {
            writer.Write(part);
            writer.Write('\n');
        }

        writer.Write("</body>\n</html>\n");
    }
}
