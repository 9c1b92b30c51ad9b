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

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(IntPtr cluster, int broker);

    [LibraryImport(Library, EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(IntPtr cluster, int broker);
}
