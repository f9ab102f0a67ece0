using System.CommandLine;
using System.CommandLine.Invocation;

namespace SpatialCluster.Cli.Help;

/// <summary>An option that answers instead of the command: help and version.</summary>
internal sealed class SpeakingAction(Action<ParseResult> speak) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        speak(parseResult);
        return Hosting.ExitCode.Done;
    }
}
