using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Passwords;

/// <summary><c>compare_bcrypt</c>, <c>compare_argon2</c>.</summary>
internal static class PasswordBuiltins
{
    private const string Category = "String Manipulation";

    public static IReadOnlyList<Builtin> All { get; } =
    [
        BuiltinBuilder
            .Method("compare_bcrypt", Category, "Tells whether a bcrypt hash was made from a text.")
            .FromConnect()
            .On(Accepts.LenientText)
            .Returns("bool")
            .Parameter("hashed_secret", ParameterType.String, "The hash, which begins with $2a$, $2b$ or $2y$; another form is an error.")
            .Example("", """root.match = this.secret.compare_bcrypt("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")""", ("""{"secret":"U*U"}""", """{"match":true}"""), ("""{"secret":"U*V"}""", """{"match":false}"""))
            .Example("", """root = this.compare_bcrypt("no hash").catch("no bcrypt hash")""", ("\"secret\"", "no bcrypt hash"))
            .Body(static (EvaluationContext _, Value target, Value hash) => BcryptHash.Compare(target, hash)),
        BuiltinBuilder
            .Method("compare_argon2", Category, "Tells whether an Argon2i or Argon2id hash was made from a text.")
            .FromConnect()
            .On(Accepts.LenientText)
            .Returns("bool")
            .Parameter("hashed_secret", ParameterType.String, "The hash in the form $argon2id$v=19$m=65536,t=3,p=2$salt$key, with salt and key in base64 without padding; another form is an error.")
            .Example("", """root.match = this.secret.compare_argon2("$argon2id$v=19$m=64,t=1,p=2$c29tZXNhbHQ$WXQMwDcRuxjqYAZ5HhclItRmrq+mrJNOtO8gZNkqssA")""", ("""{"secret":"there-are-many-blobs-in-the-sea"}""", """{"match":true}"""), ("""{"secret":"will-i-ever-find-love"}""", """{"match":false}"""))
            .Example("", """root = this.compare_argon2("no hash").catch("no argon2 hash")""", ("\"secret\"", "no argon2 hash"))
            .Body(static (EvaluationContext context, Value target, Value hash) => Argon2Hash.Compare(context, target, hash)),
    ];
}
