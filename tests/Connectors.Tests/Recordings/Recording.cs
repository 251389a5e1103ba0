namespace OptiBid.Connectors.Tests.Recordings;

/// <summary>Recorded payloads, which stay outside the project: their folder is named by <c>OPTIBID_RECORDINGS</c>.</summary>
internal static class Recording
{
    public static byte[] Read(string path)
    {
        var folder = Environment.GetEnvironmentVariable("OPTIBID_RECORDINGS");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "OPTIBID_RECORDINGS does not name the folder of recorded payloads");
        var file = Path.Combine(folder!, path);
        Assert.SkipUnless(File.Exists(file), $"the folder of recorded payloads has no {path}");
        return File.ReadAllBytes(file);
    }
}
