using Mapping.Pipeline.Components;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>How to reach a registry.</summary>
/// <param name="Url">The address below which its resources are; as it was written.</param>
/// <param name="Authentication">How requests prove who sends them.</param>
/// <param name="Tls">How connections are secured.</param>
internal sealed record RegistryConnection(string Url, HttpAuthentication Authentication, TlsClient Tls)
{
    public static Field<string> UrlField { get; } = Fields.Text("url", "The address of the registry.").Example("http://localhost:8081");

    /// <summary>The fields that stand last in the reference.</summary>
    public static IReadOnlyList<Field> AccessFields { get; } = [.. HttpAuthentication.WithoutOAuth2, TlsClient.Field];

    public static RegistryConnection Read(FieldValues read) => new(read.Get(UrlField), HttpAuthentication.ReadWithoutOAuth2(read), read.Get(TlsClient.Field));

    /// <summary>A rule of every shape that has these fields.</summary>
    public Breach? Check() =>
        Uri.TryCreate(Url, UriKind.Absolute, out Uri? address) && RequestOptions.IsHttp(address) ? null : new Breach($"\"{Url}\" is no URL of http or https", UrlField);
}
