using System.Text.Json;
using SpatialCluster.Cli.Hosting;

namespace SpatialCluster.Cli.Tests;

/// <summary>A command line run within the test's process.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static CommandRun Of(params string[] arguments) => With(context => context, arguments);

    public static CommandRun With(Func<CommandContext, CommandContext> change, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Application.Run(arguments, change(new CommandContext { Output = output, Error = error }));
        return new CommandRun(code, output.ToString(), error.ToString());
    }
}
