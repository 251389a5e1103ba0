namespace OptiBid.Deployment.Tests.Compose;

/// <summary>A service of docker-compose.yml.</summary>
internal sealed class ComposeService
{
    public string Image { get; set; } = "";
    public BuildSection? Build { get; set; }
    public List<string> Profiles { get; set; } = [];
    public string? Restart { get; set; }
    public Dictionary<string, Condition> DependsOn { get; set; } = [];
    public Dictionary<string, string> Environment { get; set; } = [];
    public List<string> Entrypoint { get; set; } = [];
    public List<string> Command { get; set; } = [];
    public List<string> Ports { get; set; } = [];
    public List<string> Expose { get; set; } = [];
    public List<string> Volumes { get; set; } = [];
    public List<string> Tmpfs { get; set; } = [];
    public HealthCheckSection? Healthcheck { get; set; }
    public DeploySection? Deploy { get; set; }
    public string? StopGracePeriod { get; set; }
    public List<string> SecurityOpt { get; set; } = [];
    public List<string> CapDrop { get; set; } = [];
    public bool ReadOnly { get; set; }
    public string? ShmSize { get; set; }

    internal sealed class BuildSection
    {
        public string Context { get; set; } = "";
        public string Dockerfile { get; set; } = "";
    }

    internal sealed class Condition
    {
        [YamlDotNet.Serialization.YamlMember(Alias = "condition")] public string Value { get; set; } = "";
    }

    internal sealed class HealthCheckSection
    {
        public List<string> Test { get; set; } = [];
        public string? Interval { get; set; }
        public string? Timeout { get; set; }
        public int Retries { get; set; }
        public string? StartPeriod { get; set; }
    }

    internal sealed class DeploySection
    {
        public int Replicas { get; set; }
    }
}
