using System.Runtime.InteropServices;

namespace Mapping.Testing;

/// <summary>Brokers within this process that speak the real protocol: those that librdkafka brings along for tests.</summary>
public sealed unsafe partial class MockCluster : IDisposable
{
    private const string Library = "librdkafka";

    private readonly IntPtr client;
    private readonly IntPtr cluster;

    static MockCluster() => NativeLibrary.SetDllImportResolver(typeof(MockCluster).Assembly, static (name, _, _) => name == Library ? Load() : 0);

    public MockCluster()
    {
        byte* error = stackalloc byte[512];
        client = New(0, NewSettings(), error, 512);
        if (client == 0)
        {
            throw new InvalidOperationException(Marshal.PtrToStringUTF8((IntPtr)error));
        }

        cluster = NewCluster(client, 1);
        SetRebalanceDelay(cluster, 0);
        Address = Marshal.PtrToStringUTF8(Bootstraps(cluster))!;
    }

    public string Address { get; }

    public void CreateTopic(string name, int partitions) => Check(CreateTopic(cluster, name, partitions, 1));

    /// <summary>The next requests of a kind are answered with an error.</summary>
    public void Fail(short request, int error, int times)
    {
        int[] errors = [.. Enumerable.Repeat(error, times)];
        fixed (int* first = errors)
        {
            PushErrors(cluster, request, (nuint)errors.Length, first);
        }
    }

    /// <summary>The topic with all its records is gone; asking for it in a way that may create one does so.</summary>
    public void DeleteTopic(string name) => Check(DeleteTopic(cluster, name));

    /// <summary>What is answered to who asks about a topic; 0 for nothing special.</summary>
    public void SetTopicError(string name, int error) => SetTopicError(cluster, name, error);

    /// <summary>Nobody leads the partition: it can be neither read nor written.</summary>
    public void TakeLeader(string topic, int partition) => Check(SetLeader(cluster, topic, partition, -1));

    public void GiveLeader(string topic, int partition) => Check(SetLeader(cluster, topic, partition, 1));

    /// <summary>How long every answer takes.</summary>
    public void SetRoundTrip(int milliseconds) => Check(SetRoundTrip(cluster, 1, milliseconds));

    /// <summary>Where clients are told to find the broker: at something that stands before it.</summary>
    public void Advertise(int port) => SetHostPort(cluster, 1, "127.0.0.1", port);

    /// <summary>From now on <see cref="Requests"/> counts.</summary>
    public void TrackRequests() => StartTracking(cluster);

    /// <summary>How many requests of a kind have arrived, answered or not.</summary>
    public int Requests(short kind)
    {
        IntPtr* requests = TakeRequests(cluster, out nuint count);
        int found = 0;
        for (nuint i = 0; i < count; i++)
        {
            found += KindOf(requests[i]) == kind ? 1 : 0;
        }

        DestroyRequests(requests, count);
        return found;
    }

    public void SetDown() => Check(SetDown(cluster, 1));

    public void SetUp() => Check(SetUp(cluster, 1));

    public void Dispose()
    {
        DestroyCluster(cluster);
        Destroy(client);
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"error {error} of librdkafka");
        }
    }

    /// <summary>The plain build wants a library of SASL that many systems have in another version; the client then takes another build, and so must this.</summary>
    private static IntPtr Load()
    {
        string[] folders = [Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"), AppContext.BaseDirectory];
        string[] names = ["librdkafka.so", "centos8-librdkafka.so", "alpine-librdkafka.so", "librdkafka.dylib", "librdkafka.dll"];
        foreach (string path in folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))))
        {
            if (NativeLibrary.TryLoad(path, out IntPtr handle))
            {
                return handle;
            }
        }

        return 0;
    }

    [LibraryImport(Library, EntryPoint = "rd_kafka_conf_new")]
    private static partial IntPtr NewSettings();

    [LibraryImport(Library, EntryPoint = "rd_kafka_new")]
    private static partial IntPtr New(int type, IntPtr settings, byte* error, nuint size);

    [LibraryImport(Library, EntryPoint = "rd_kafka_destroy")]
    private static partial void Destroy(IntPtr client);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial IntPtr NewCluster(IntPtr client, int brokers);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static partial void DestroyCluster(IntPtr cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial IntPtr Bootstraps(IntPtr cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(IntPtr cluster, string name, int partitions, int replicas);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    private static partial void SetRebalanceDelay(IntPtr cluster, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_push_request_errors_array")]
    private static partial void PushErrors(IntPtr cluster, short request, nuint count, int* errors);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_delete", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DeleteTopic(IntPtr cluster, string name);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_topic_set_error", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetTopicError(IntPtr cluster, string name, int error);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_partition_set_leader", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetLeader(IntPtr cluster, string topic, int partition, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_rtt")]
    private static partial int SetRoundTrip(IntPtr cluster, int broker, int milliseconds);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_host_port", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetHostPort(IntPtr cluster, int broker, string host, int port);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_start_request_tracking")]
    private static partial void StartTracking(IntPtr cluster);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_get_requests")]
    private static partial IntPtr* TakeRequests(IntPtr cluster, out nuint count);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_request_api_key")]
    private static partial short KindOf(IntPtr request);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_request_destroy_array")]
    private static partial void DestroyRequests(IntPtr* requests, nuint count);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(IntPtr cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(IntPtr cluster, int broker);
}
