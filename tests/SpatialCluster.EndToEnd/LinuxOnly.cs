using System.Runtime.Versioning;

// The scripts under test are for Linux.
[assembly: SupportedOSPlatform("linux")]
