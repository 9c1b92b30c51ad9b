using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Builtins.Parsing;

/// <summary><c>parse_url</c>.</summary>
internal static class UrlReading
{
    private static readonly Value SchemeKey = Value.FromString("scheme");
    private static readonly Value OpaqueKey = Value.FromString("opaque");
    private static readonly Value HostKey = Value.FromString("host");
    private static readonly Value PathKey = Value.FromString("path");
    private static readonly Value RawPathKey = Value.FromString("raw_path");
    private static readonly Value RawQueryKey = Value.FromString("raw_query");
    private static readonly Value FragmentKey = Value.FromString("fragment");
    private static readonly Value RawFragmentKey = Value.FromString("raw_fragment");
    private static readonly Value UserKey = Value.FromString("user");
    private static readonly Value NameKey = Value.FromString("name");
    private static readonly Value PasswordKey = Value.FromString("password");

    public static readonly Builtin ParseUrl = BuiltinBuilder
        .Method("parse_url", Category.Parsing, "Splits a URL into its parts. raw_path and raw_fragment are filled only where escaping the decoded form would give another text.")
        .On(Accepts.LenientText)
        .Returns("object")
        .Example(
            "",
            "root.host = this.url.parse_url().host",
            ("""{"url":"https://www.example.com:8080/docs?x=1#top"}""", """{"host":"www.example.com:8080"}"""))
        .Example("User and password.", "root = this.parse_url().user", ("\"amqp://foo:bar@127.0.0.1:5672/\"", """{"name":"foo","password":"bar"}"""))
        .Body(static (context, target) => Parse(context, target.ToStringKind()));

    private static Value Parse(EvaluationContext context, Value source)
    {
        UrlParts parts = UrlParts.Split(source, out string? problem);
        if (problem is not null)
        {
            return Fail(source, problem);
        }

        if (!UrlComponent.TryDecode(context, parts.Host, UrlComponentKind.Host, out Value host, out problem)
            || !UrlComponent.TryDecode(context, parts.Path, UrlComponentKind.Path, out Value path, out problem)
            || !UrlComponent.TryDecode(context, parts.Fragment, UrlComponentKind.Fragment, out Value fragment, out problem))
        {
            return Fail(source, problem!);
        }

        Value empty = source.Slice(0, 0);
        ObjectNode result = context.Arena.NewObject(9);
        result.AddNew(FragmentKey, fragment);
        result.AddNew(HostKey, host);
        result.AddNew(OpaqueKey, parts.Opaque);
        result.AddNew(PathKey, path);
        result.AddNew(RawFragmentKey, UrlComponent.IsDefaultEncoding(parts.Fragment.AsSpan(), UrlComponentKind.Fragment) ? empty : parts.Fragment);
        result.AddNew(RawPathKey, UrlComponent.IsDefaultEncoding(parts.Path.AsSpan(), UrlComponentKind.Path) ? empty : parts.Path);
        result.AddNew(RawQueryKey, parts.Query);
        result.AddNew(SchemeKey, Lower(context, parts.Scheme));
        if (parts.User.IsNull)
        {
            return Value.FromObject(result);
        }

        ObjectNode user = context.Arena.NewObject(2);
        if (!UrlComponent.TryDecode(context, parts.User, UrlComponentKind.User, out Value name, out problem))
        {
            return Fail(source, problem!);
        }

        user.AddNew(NameKey, name);
        if (!parts.Password.IsNull)
        {
            if (!UrlComponent.TryDecode(context, parts.Password, UrlComponentKind.User, out Value password, out problem))
            {
                return Fail(source, problem!);
            }

            user.AddNew(PasswordKey, password);
        }

        result.AddNew(UserKey, Value.FromObject(user));
        return Value.FromObject(result);
    }

    private static Value Fail(Value source, string problem) => Value.Fail($"failed to parse url \"{TextForm.Preview(source)}\": {problem}");

    private static Value Lower(EvaluationContext context, Value scheme)
    {
        if (!scheme.AsSpan().ContainsAnyInRange((byte)'A', (byte)'Z'))
        {
            return scheme;
        }

        Span<byte> room = context.Arena.Allocate(scheme.TextLength, out byte[] owner, out int offset);
        System.Text.Ascii.ToLower(scheme.AsSpan(), room, out int written);
        return Value.FromUtf8(owner, offset, written);
    }
}
