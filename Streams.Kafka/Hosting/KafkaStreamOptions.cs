namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>How one Kafka stream provider reads and writes. Named: one set for each provider.</summary>
public sealed class KafkaStreamOptions
{
    /// <summary>Where the cluster is: <c>host:port</c>, several joined by commas.</summary>
    public string BootstrapServers { get; set; } = "";

    /// <summary>The topics to read and to publish to.</summary>
    public IList<KafkaTopic> Topics { get; } = [];

    /// <summary>
    /// Name under which the committed offsets are stored. No group is joined: partitions are shared among silos
    /// by cluster membership, so no other program may join a group of this name.
    /// </summary>
    public string ConsumerGroup { get; set; } = "";

    /// <summary>Where a record goes that the codec cannot read, with its bytes, headers and the reason.</summary>
    public string DeadLetterTopic { get; set; } = "";

    /// <summary>
    /// True to create missing topics; false where somebody else does, or where the cluster answers no
    /// administrative calls (the embedded broker).
    /// </summary>
    public bool ManageTopics { get; set; } = true;

    /// <summary>Most records in one <see cref="Reading.KafkaBatch{T}"/>.</summary>
    public int MaxBatchRecords { get; set; } = 5_000;

    /// <summary>Records of one partition held undecoded before its reading is held back.</summary>
    public int MaxBufferedRecords { get; set; } = 20_000;

    /// <summary>Bytes of one partition held undecoded before its reading is held back.</summary>
    public int MaxBufferedBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a batch that is not full waits for more records.</summary>
    public TimeSpan BatchLinger { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How often completed offsets are committed.</summary>
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How often commit points that have not moved are committed again. Kafka forgets the offsets of a group without
    /// members <c>offsets.retention.minutes</c> after their last commit (7 days by default).
    /// </summary>
    public TimeSpan CommitRenewal { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// True to take a batch as complete when its consumer returns from it, for consumers that have nothing to wait for;
    /// they may then also receive single records in place of <see cref="Reading.KafkaBatch{T}"/>. False: the consumer
    /// says so with <see cref="Commits.IKafkaCommitter"/>.
    /// </summary>
    public bool CompleteOnDelivery { get; set; }

    /// <summary>
    /// How long a partition that another silo takes over waits for its consumer to complete what it holds. What is not
    /// complete then is delivered again there.
    /// </summary>
    public TimeSpan HandOverTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long decoding is tried again when the codec fails otherwise than with <see cref="FormatException"/>; after
    /// that the record is poison.
    /// </summary>
    public TimeSpan MaxDecodeTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long the commit point of a partition may stand still while delivered records wait to be completed,
    /// until the partition is rewound: the way out for a batch whose consumer was lost after accepting it.
    /// </summary>
    public TimeSpan CompletionTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the delivery of one batch is retried before the partition is rewound to its commit point.</summary>
    public TimeSpan MaxDeliveryTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a record may take to be acknowledged by the brokers before publishing it fails.</summary>
    public TimeSpan PublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the topics' partitions are looked up, so that added ones are found.</summary>
    public TimeSpan MetadataRefresh { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Further librdkafka settings of every client, such as SASL and TLS.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Further librdkafka settings of the consumer.</summary>
    public IDictionary<string, string> ConsumerSettings { get; } = new Dictionary<string, string>();

    /// <summary>Further librdkafka settings of the producer.</summary>
    public IDictionary<string, string> ProducerSettings { get; } = new Dictionary<string, string>();
}
