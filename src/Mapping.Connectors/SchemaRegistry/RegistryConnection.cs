using Mapping.Pipeline.Components;
using Mapping.Pipeline.Components.Http;
using Mapping.Pipeline.Config;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>How to reach a registry.</summary>
/// <param name="Url">The address below which its resources are; as it was written, so that it may hold a user and a password.</param>
/// <param name="Authentication">How requests prove who sends them, besides what the URL says.</param>
/// <param name="Tls">How connections are secured.</param>
internal sealed record RegistryConnection(string Url, HttpAuthentication Authentication, TlsClient Tls)
{
    public static Field<string> UrlField { get; } = Fields.Text("url", "The address of the registry.").Example("http://localhost:8081");

    /// <summary>The fields that stand last in the reference.</summary>
    public static IReadOnlyList<Field> AccessFields { get; } = [.. HttpAuthentication.WithoutOAuth2, TlsClient.Field];

    /// <summary>What requests are sent to and people are shown: the URL without user and password.</summary>
    public string Address
    {
        get
        {
            var url = new Uri(Url);
            string address = url.UserInfo.Length == 0 ? Url : url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped);
            return address.TrimEnd('/');
        }
    }

    /// <summary>Any login that was set, else the one in the URL.</summary>
    public HttpAuthentication Login
    {
        get
        {
            string written = new Uri(Url).UserInfo;
            if (written.Length == 0 || Authentication is not { OAuth1: null, OAuth2: null, Basic: null, Jwt: null })
            {
                return Authentication;
            }

            string[] login = written.Split(':', 2);
            return Authentication with { Basic = new BasicLogin(true, Uri.UnescapeDataString(login[0]), login.Length > 1 ? Uri.UnescapeDataString(login[1]) : string.Empty) };
        }
    }

    public static RegistryConnection Read(FieldValues read) => new(read.Get(UrlField), HttpAuthentication.ReadWithoutOAuth2(read), read.Get(TlsClient.Field));

    /// <summary>A rule of every shape that has these fields.</summary>
    public Breach? Check() =>
        Uri.TryCreate(Url, UriKind.Absolute, out Uri? address) && RequestOptions.IsHttp(address) ? null : new Breach($"{RequestOptions.Shown(Url)} is no URL of http or https", UrlField);
}
