using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace OptiBid.Streams.Kafka.Embedded;

/// <summary>
/// librdkafka's mock cluster by its C interface (<c>rdkafka_mock.h</c>), from the library Confluent.Kafka has
/// loaded: two copies in one process would not know each other.
/// </summary>
internal static unsafe class MockCluster
{
    private const int ProducerType = 0;
    private static readonly Lazy<nint> Native = new(FindLibrary);

    public static (nint Client, nint Cluster) Create(int brokers)
    {
        var error = stackalloc byte[512];
        var client = ((delegate* unmanaged[Cdecl]<int, nint, byte*, nuint, nint>)Entry("rd_kafka_new"))(ProducerType, QuietSettings(), error, 512);
        if (client == 0) throw new InvalidOperationException("librdkafka made no client: " + Marshal.PtrToStringUTF8((nint)error));
        var cluster = ((delegate* unmanaged[Cdecl]<nint, int, nint>)Entry("rd_kafka_mock_cluster_new"))(client, brokers);
        if (cluster != 0) return (client, cluster);
        DestroyClient(client);
        throw new InvalidOperationException("librdkafka started no broker in this process.");
    }

    public static string Bootstraps(nint cluster) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint, nint>)Entry("rd_kafka_mock_cluster_bootstraps"))(cluster))!;

    public static void CreateTopic(nint cluster, string topic, int partitions)
    {
        fixed (byte* name = Terminated(topic))
        {
            var error = ((delegate* unmanaged[Cdecl]<nint, byte*, int, int, int>)Entry("rd_kafka_mock_topic_create"))(cluster, name, partitions, 1);
            if (error != 0) throw new KafkaException((ErrorCode)error);
        }
    }

    /// <summary>Answers the next requests of a kind with errors.</summary>
    public static void PushErrors(nint cluster, short apiKey, ReadOnlySpan<int> errors)
    {
        fixed (int* first = errors)
            ((delegate* unmanaged[Cdecl]<nint, short, nuint, int*, void>)Entry("rd_kafka_mock_push_request_errors_array"))(cluster, apiKey, (nuint)errors.Length, first);
    }

    public static void ClearErrors(nint cluster, short apiKey) =>
        ((delegate* unmanaged[Cdecl]<nint, short, void>)Entry("rd_kafka_mock_clear_request_errors"))(cluster, apiKey);

    public static void SetUp(nint cluster, int broker, bool up) =>
        ((delegate* unmanaged[Cdecl]<nint, int, int>)Entry(up ? "rd_kafka_mock_broker_set_up" : "rd_kafka_mock_broker_set_down"))(cluster, broker);

    public static void Destroy(nint client, nint cluster)
    {
        ((delegate* unmanaged[Cdecl]<nint, void>)Entry("rd_kafka_mock_cluster_destroy"))(cluster);
        DestroyClient(client);
    }

    /// <summary>The client that carries the cluster has nothing to say: it would only complain that it has no servers.</summary>
    private static nint QuietSettings()
    {
        var settings = ((delegate* unmanaged[Cdecl]<nint>)Entry("rd_kafka_conf_new"))();
        var error = stackalloc byte[512];
        fixed (byte* name = "log_level\0"u8, value = "3\0"u8)
            ((delegate* unmanaged[Cdecl]<nint, byte*, byte*, byte*, nuint, int>)Entry("rd_kafka_conf_set"))(settings, name, value, error, 512);
        return settings;
    }

    private static void DestroyClient(nint client) => ((delegate* unmanaged[Cdecl]<nint, void>)Entry("rd_kafka_destroy"))(client);

    private static nint Entry(string name) => NativeLibrary.GetExport(Native.Value, name);

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + '\0');

    /// <summary>Which of its builds (for glibc, musl, Windows ...) Confluent.Kafka has loaded is seen from what this process has mapped.</summary>
    private static nint FindLibrary()
    {
        Library.Load();
        using var process = Process.GetCurrentProcess();
        var path = process.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .FirstOrDefault(file => Path.GetFileName(file).Contains("librdkafka", StringComparison.OrdinalIgnoreCase));
        if (path is not null) return NativeLibrary.Load(path);
        if (NativeLibrary.TryLoad("librdkafka", typeof(Library).Assembly, null, out var library)) return library;
        throw new DllNotFoundException("No librdkafka is loaded in this process; the embedded broker is part of it.");
    }
}
