using System.Runtime.InteropServices;
using SpatialCluster.Cli.Hosting;

using var cancellation = new CancellationTokenSource();

// The first signal asks the run to stop after the present epoch; the second ends it where it stands.
void Stop(PosixSignalContext signal)
{
    if (cancellation.IsCancellationRequested)
        return;
    signal.Cancel = true;
    cancellation.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using Stream output = Console.OpenStandardOutput();
return Application.Run(args, new CommandContext
{
    Output = Console.Out,
    Error = Console.Error,
    OutputStream = output,
    Interactive = !Console.IsErrorRedirected && !Console.IsInputRedirected,
    Width = Console.IsOutputRedirected ? null : Console.WindowWidth,
    Cancellation = cancellation.Token,
});
