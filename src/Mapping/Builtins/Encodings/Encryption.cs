using Mapping.Functions;

namespace Mapping.Builtins.Encodings;

/// <summary><c>encrypt_aes</c>, <c>decrypt_aes</c>.</summary>
internal static class Encryption
{
    private const string Schemes = "One of ctr, gcm, ofb, cbc.";
    private const string Key = "16, 24 or 32 bytes.";
    private const string Iv = "The initialization vector: 16 bytes, for gcm 12.";

    public static readonly Builtin EncryptAes = BuiltinBuilder
        .Method("encrypt_aes", Category.Encoding, "Encrypts a string or bytes with AES.")
        .On(Accepts.Text)
        .Returns("string")
        .Parameter("scheme", ParameterType.String, Schemes)
        .Parameter("key", ParameterType.String, Key)
        .Parameter("iv", ParameterType.String, Iv)
        .Example(
            "",
            """
            let key = "2b7e151628aed2a6abf7158809cf4f3c".decode("hex")
            let vector = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff".decode("hex")
            root.encrypted = this.value.encrypt_aes("ctr", $key, $vector).encode("hex")
            """,
            ("""{"value":"hello world!"}""", """{"encrypted":"84e9b31ff7400bdf80be7254"}"""))
        .Example(
            "cbc adds no padding: the text must fill whole blocks of 16 bytes.",
            """root = this.encrypt_aes("cbc", "sixteen byte key", "sixteen byte iv!").catch("refused")""",
            ("\"short\"", "refused"))
        .Prepare(AesScheme.Make)
        .Body<AesScheme>(static (context, target, scheme, _) => scheme.Encrypt(context, target.AsSpan()));

    public static readonly Builtin DecryptAes = BuiltinBuilder
        .Method("decrypt_aes", Category.Encoding, "Decrypts what encrypt_aes made; gives bytes.")
        .On(Accepts.Text)
        .Returns("bytes")
        .Parameter("scheme", ParameterType.String, Schemes)
        .Parameter("key", ParameterType.String, Key)
        .Parameter("iv", ParameterType.String, Iv)
        .Example(
            "",
            """
            let key = "2b7e151628aed2a6abf7158809cf4f3c".decode("hex")
            let vector = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff".decode("hex")
            root.decrypted = this.value.decode("hex").decrypt_aes("ctr", $key, $vector).string()
            """,
            ("""{"value":"84e9b31ff7400bdf80be7254"}""", """{"decrypted":"hello world!"}"""))
        .Example(
            "gcm notices a changed text.",
            """root = this.decrypt_aes("gcm", "sixteen byte key", "twelve bytes").catch("refused")""",
            ("\"a text that was not encrypted\"", "refused"))
        .Prepare(AesScheme.Make)
        .Body<AesScheme>(static (context, target, scheme, _) => scheme.Decrypt(context, target.AsSpan()));
}
