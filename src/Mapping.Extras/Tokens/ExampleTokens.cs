namespace Mapping.Extras.Tokens;

/// <summary>Keys and tokens of the examples; the keys were made for them and guard nothing.</summary>
internal static class ExampleTokens
{
    /// <summary>The secret of the HMAC examples.</summary>
    public const string Secret = "dont-tell-anyone";

    public const string RsaPrivate =
        """
        -----BEGIN PRIVATE KEY-----
        MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQDL+EeWxxR85rAX
        M0JBBDSF9ymcezvT0O1ncTxJe9icjyFvvSXRRjk4232Xf3K51hxxXUPiJP5ad2RV
        yOXJ9eHHhp33NdxfchArQnnEJ5W0T8ojS72JSo2DT22vz8uLkmXiaOzlvqWdUkF5
        dp0cgH7sXd8jKKG6xRWhcftUQRB3BKXe2vhKcPGShbGJoaQ75Ee2lwSVJi4r2qkQ
        eCJEp3NjVZ/zEgTnExDY+X9/D+gg5lAeJq4VCjrhUcyETmE8RmVlNMPifEAUd7z5
        QAFciqq2Qvk5FvxIaGmJqnVCXw2Rnp90GOJJtxs6ShPIOblfgM7+c6rcejspqreX
        QAshDg3JAgMBAAECggEAAsep/0Leo2aVyD6YPxK/GV7ky11CU7M5fIjvoOmfRc3W
        c+XGRohDsz9TJxgVhCMIIuxDIhdE11fOg+rMQK1XBRLvaBU2Duj2bU9eRjPrDli3
        MRE+17ZBDe4H/cAUV8G2HVjI5KK2oCKk76k4jaxkqeLDEm71Q58KdVwOsYCi8XRN
        BeKaJ4Nehf+CkWyahVGxnbUBAxNW/vR9AHJxWky0kYbc9D+GK/fuHms9IDrfw+YV
        HxrDHNAaQM85cfjfQVcVtd8aH3NanHUex1ftjbwELWRkbVnBqJDCI/uncGyr2tV0
        +QgqeXdsTMD7DD+63RCIDyeUgkKyxCwMeIwOrpMIfwKBgQDyhSmg8Kkzprn5gLmt
        F9vF1KVYcUG34kdtMJbNxZRRc3FjMZN7CMHt4bHmWjA71GAk/2gf5S0dkZN+Uzac
        crXumgWq7NKEcvRpKTuXH6Hi6FPyYOxD7qyFvw8CcYQgjyF4BGpAcW+OSODeyV+9
        2jnL+HHr4j0YHGUlxitT3aMzMwKBgQDXTpTlAMhTOBWqIf8NieFiQvdsczjjRtYg
        r5+hyjXJx8QU4sRpTMYrXJg0EC09+uKdAzj/G8Ka4+y+kQ4+3IFxlf2T6zAnU2M9
        5c0rq6RJYFQBKl63Ro4jPwxfco0DDm/coq26yFIEaCDlYFHvgEq5AWbUdQfhzexv
        cAQWqkm7EwKBgGuQCh2af8Er4nI52KBf45bDsK4gVWCEWN+h3FDZn+XcSN8Q3vOD
        t9eU8X1UZO40TIw8R2dWEwN5TKyLpb4P1odEAt2Def9KqQJ3SjnFytxD5O+scz3R
        /uy3B6YyyMJUGSkM9D8u0KaPxkSplfAzeMzxnT1cs3IdLfNqCE+DDt4nAoGAVxo6
        UD61zDznPtHMDh0WqhrvX9dpT0DsBYMnMFvO0NfZMp3e2b6ueQJXrNBSjT1/Cggw
        ubvwSZslvp6ORc4NK/eDA6Fk9LPedT8PdrhUmT64HVSXxstrW0T5a2+7Ll5b0MWb
        RPIfhBrgHAuQejTLhfbUM+U4kBgvq5GEherUMzMCgYAHrhs+CW5sl+vB1xAdl9WS
        O4ZJYStce7/Ort7hbIcl/UB04BNBvjo49m2doLKZi19d/hUehXTMDgfxVnEumihv
        CKzF2DgnBnHlG83XnMr1heF8Rik6QUWCDQCtUTpQk54wYG4K0TSvUfSfa/wkv7FP
        1G/8YnqeSZ21CjecDKpZPw==
        -----END PRIVATE KEY-----
        """;

    public const string RsaPublic =
        """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAy/hHlscUfOawFzNCQQQ0
        hfcpnHs709DtZ3E8SXvYnI8hb70l0UY5ONt9l39yudYccV1D4iT+WndkVcjlyfXh
        x4ad9zXcX3IQK0J5xCeVtE/KI0u9iUqNg09tr8/Li5Jl4mjs5b6lnVJBeXadHIB+
        7F3fIyihusUVoXH7VEEQdwSl3tr4SnDxkoWxiaGkO+RHtpcElSYuK9qpEHgiRKdz
        Y1Wf8xIE5xMQ2Pl/fw/oIOZQHiauFQo64VHMhE5hPEZlZTTD4nxAFHe8+UABXIqq
        tkL5ORb8SGhpiap1Ql8NkZ6fdBjiSbcbOkoTyDm5X4DO/nOq3Ho7Kaq3l0ALIQ4N
        yQIDAQAB
        -----END PUBLIC KEY-----
        """;

    public const string P256Private =
        """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg6qdZlrrTvYWUfh2T
        34h+1PDgVDaITi15VbvWJJHMlvKhRANCAATnBMiVJOpyEb/tMR4V0CfU2kta0C4/
        +c31d3vVCusM/rUB84FyugerbDVieGWnU8Gzb4Ig1q0sN5zP9qmy++NL
        -----END PRIVATE KEY-----
        """;

    public const string P256Public =
        """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE5wTIlSTqchG/7TEeFdAn1NpLWtAu
        P/nN9Xd71QrrDP61AfOBcroHq2w1Ynhlp1PBs2+CINatLDecz/apsvvjSw==
        -----END PUBLIC KEY-----
        """;

    public const string P384Private =
        """
        -----BEGIN PRIVATE KEY-----
        MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDB3HIBsHW6ogADtONj1
        DCL7aoSBGoJsV/p6LsU0CUIZ+BcsGtC9UTa113EV8VQfsZahZANiAARbqLH/m9TD
        a7YbH763hzk5eIIGfI4MMZoZbwS+KhQ1Qpdvm8zeBXxD/JiKzukkuWyvuDGlLyST
        IFyfhPcxJY7DROoYbpL6KkEnjF5sVmoypqvuvOxeUqfBPgtiEcIAKPw=
        -----END PRIVATE KEY-----
        """;

    public const string P384Public =
        """
        -----BEGIN PUBLIC KEY-----
        MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEW6ix/5vUw2u2Gx++t4c5OXiCBnyODDGa
        GW8EvioUNUKXb5vM3gV8Q/yYis7pJLlsr7gxpS8kkyBcn4T3MSWOw0TqGG6S+ipB
        J4xebFZqMqar7rzsXlKnwT4LYhHCACj8
        -----END PUBLIC KEY-----
        """;

    public const string P521Private =
        """
        -----BEGIN PRIVATE KEY-----
        MIHuAgEAMBAGByqGSM49AgEGBSuBBAAjBIHWMIHTAgEBBEIB4RInZ5aYd3ZVidtj
        ++RJAvRkC8ilKUYG4ZIE73ndEVvbYvTpBt6L7A9uNNpJwfOYstbesktR4JwV1u6o
        b23KMeyhgYkDgYYABAFOLvcSnbVWv5yUPCiRvxOMHSW1mVAx3FEiFmD66BMqJKT5
        Y0xuaVqACpga4lnYdnEeWRiU9ekUBcFxtw0KwC7ZdwCSp0E1bxcCRCiilrtPeFnM
        VWmRN9S3T+KIeWZpeX5KSLAKnjn1D59eRcWF97jdAQI7Kz2wF3wFm0bL5hMc3Uv/
        0g==
        -----END PRIVATE KEY-----
        """;

    public const string P521Public =
        """
        -----BEGIN PUBLIC KEY-----
        MIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQBTi73Ep21Vr+clDwokb8TjB0ltZlQ
        MdxRIhZg+ugTKiSk+WNMbmlagAqYGuJZ2HZxHlkYlPXpFAXBcbcNCsAu2XcAkqdB
        NW8XAkQoopa7T3hZzFVpkTfUt0/iiHlmaXl+SkiwCp459Q+fXkXFhfe43QECOys9
        sBd8BZtGy+YTHN1L/9I=
        -----END PUBLIC KEY-----
        """;

    /// <summary>By algorithm: the claims <c>{"sub":"user123"}</c> signed, and the same with the header <c>kid</c>.</summary>
    public static (string Plain, string WithKeyId) Of(SignatureAlgorithm algorithm) => algorithm.Name switch
    {
        "HS256" => (
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.hUl-nngPMY_3h9vveWJUPsCcO5PeL6k9hWLnMYeFbFQ",
            "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.pjFm3apMvYWt9DzNApZofXYd6Xzj-U8WI6urcY6jx-s"),
        "HS384" => (
            "eyJhbGciOiJIUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.zGYLr83aToon1efUNq-hw7XgT20lPvZb8sYei8x6S6mpHwb433SJdXJXx0Oio8AZ",
            "eyJhbGciOiJIUzM4NCIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.AlwIrJGPVuYaxDxNw1FnVdErrupiRKt98x6mi4fGm_nWa92A66iIz4ptKsNC1eTT"),
        "HS512" => (
            "eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.zBNR9o_6EDwXXKkpKLNJhG26j8Dc-mV-YahBwmEdCrmiWt5les8I9rgmNlWIowpq6Yxs4kLNAdFhqoRz3NXT3w",
            "eyJhbGciOiJIUzUxMiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.MiGsTuO2Jyc47mGLWOrYxVKjQknUr3RSiLlibjFchU7S2PXBL_w_xCYSSEUNvOvXJ1ymX8B02tQc2MZKNyl-Zg"),
        "RS256" => (
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.I_tAyrw_JYCp2E7HHx7NMVCPcFW5X9R4BPrPzz8dnbyB72NfLzPYz9bw5fcGmRbUMcRNpud2UgySgKySDGTyegNgp2k33oCyqP5__IlRa96kspZmysHkcCIIWMg8Zn-fD2ZBnVt6Rwew8DIMqAqIRlOXz5MqJ-MMXbpIR95tmv9TgKeoYOWRsZtknulFl6WeEg4QDlznwNkH_nG1F-evpt2Bg9qS6wJ87G02Aq2OE2vpkLS7khqUtGkXUI2-rwRv9EJmR04BEAsNcSw9wMkSO72QlbQ0VY0FEzEie3wD-Z5FRaVjBn6-q8edibY1ggp1uRCtVmSyQs6IBJ_GsHOUSw",
            "eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.LFRaHB2aOEQvdgj8lQ26YE1_zZV4qVdfP0RalXe26hgbG5jePPW5lv6hfIBDVJD43KZ4DtsMXFBZUNBw377GfC6rjxyZ2EmpZaBmQbkAOYM99BFck1hdyeCpJXVQAq88JnYoOLWycCF_elBTLMDGzjRnTodiBQ6etoQAOnKe1C5mat8ULyu_m5E8VYAPeqKEfWtIKwG0sqBwKaaGr7pmROSRuW0s4qGbeVwzQoVahj_YIWbqPH13t2TQgB1HGfIwGr99UgFDxjfn7oaUcvBN4S9G5yPqox5HeI2iULoe-EOaNh9RJgoyOZ2jQft-yYCW6bly_E3mNN7qD6jm4vveoQ"),
        "RS384" => (
            "eyJhbGciOiJSUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.Z62r3m3fjVeLH-J-TqL5THf1WgXSc9g_n3hvqyZaXGS2RVcdVTsylHqrxatJttalxJtVC-wJ0QSfuebcc4mzh0YRa51a9VhySMTIDYk6fnHsA38IdwMCMepEwids8NedeIvt6HliC5hR9mumd4AkXIo3rf-mXQJaO97vbYLSTWDL1dG1N8x0EKUYAVZZcPP6bR7LRtR8bPhEA8N4CUyfs9iZNMsbtFZtjUeEZoJF6u7Oe3pi9g3DnEVylPkUeJDZ0L_Z8OosX5zn9sD2awktXRsUL9wT7JtdaMhH5kqAtWKXNqJyFklWMRhYdo4SbtTMOoIzrz7aqe6rYe_shcy3lg",
            "eyJhbGciOiJSUzM4NCIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.OPDfwjJ_egXhbfr4zruwMy_F5kDQhJcflv98lQMkHPbUwj6z7R8UHR1Euc_ViyEOvgHvuoWMcF5Chw4KN71AwrGpgn9JRCT02eY0dFwPbckZs6FAfIdnsvZigl1iQAmh3mnsI2Pw81fqx6SW85EGEXmtI1wrzIRy-MMzTlCDNkKadqnRIYWfWUr1I-OrSKo5pKYqDy9FD9UEi-XR_8d18kiSyrYZivCrDDo3oDTiQ2jUlYAnJFCuyonF64NRuPl57S0NFqEecRDbHYzqOrwFh9JRyktHP-vDkZfuudwxaTyF_u1WFG3yc5rdZsaKfyWmWg0GnUU_njsuKIgdGYVr2A"),
        "RS512" => (
            "eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.MZYz8NrNsYFRYmNM_kcUmhGYdWrkiYTUKYppvPL3slcrpoxHsOwKlY9ww4Z0g92jAu5RMYkAb02ZqQg5gPhrfTpyqMtG57iLTtVCdNPrwMlF1UIHjOEcBp8Iv6fC4egAnrKeA0XdTw_2QJcut8cstpvxhSv3nmtzwXqoGEdWfdSR8pZV46BCq0Pjx_mu3mZjBe2ULbnaDDuUlPsTapN_ugLEp69eprF6srx_TjKTYhLwsOUhnUHvx379UMA-IGFlsgQFTMTE93b6tPnKf1MGIbHWILOBvDT3l_mHAOTfDGw9E_GL1qEmKQpohxf5x82ZAc7yviYWEIfwOoL0XBR8ww",
            "eyJhbGciOiJSUzUxMiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.ba3442aF4GQlS4E6LwwfMGHy_AjHKZR7Gnsa-dEwNi8yMudN8jPWviGdGYeiA-YWDiqugDgdejbPSBDpi0diC2zGC-mBLEpQ7UyJ53XDwC5Ng0zY1Xy5qFSy7m9PHfUV4joTqhx3YAOl0qAlUFP83mdaDs4nVQGiwIlI6Hczv28VjZFa90aMNDT0dsE_LQE8nA-4oMSsVMlB9BEDvB9wZ8mx3bKbQQ1RVgUyBvuXbaNpPlFhSy2FLkQloxSg9AUdVC1R4ZQ3qMO5TVBcIrtEyfopZXwYIZvWZ55_1DZ7LyQA-RGWoeVMk54SR0IhN9CBlF5kHyXb-keIobYUcYrhMQ"),
        "ES256" => (
            "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.DGUiSl6tvMd69COjIvYv2JxQWHeUAIOkPqECNR-4kl2NPIKTCPsJsZtqG5d1YphtxjjlRluuZ5TCU3bzGYPbXw",
            "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.G8TDcInFM2GuIWWN6AXeN1agDKz_3CSvPwgvL2GQ8-01wc1tLyuc-uNy30hnraxJ1j9e1nJzcfx3B3sR3Ei5Rg"),
        "ES384" => (
            "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.4XPolbBOBxT6l75AECECyFSROroiHsioJhCzwG0q7E89iDBKjWq-Slq1gB2_z11blmyaHRoa9qbBOZf_gNab5khbLjIk7BZiHWaVJPNs56-abRKl8t_xhfRvW6UkNSO4",
            "eyJhbGciOiJFUzM4NCIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.n40keJ82g6q0ogTf0rvXlzW5BZb3iuSOMYis96i_uVTAkhYDLbf6fzemse8EWARdy85HYvycu1ZbGODyT7Qr4R7g-82Ut1H8hZg-Ql3-ah6orzhhv4xPWV1IhHWLUxXT"),
        "ES512" => (
            "eyJhbGciOiJFUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyMTIzIn0.ARsLMn8303vZmycomTlHhC2v-9V6hciSprtzbkMBjA6tbmPkT4rhyfXPYoqzEH9irLmLZ5sV5_u41Kedh12yyTLfAcqPGL5eehI1DnGnui5Sd02JOCzWIfCjAg_WVZiCz7v36AbkmY8lqFUBO-hupEPivflktq1PjtgA2iWikTXa-2xq",
            "eyJhbGciOiJFUzUxMiIsImtpZCI6ImsxIiwidHlwIjoiSldUIn0.eyJzdWIiOiJ1c2VyMTIzIn0.AR_7nGZQPmd7Aou_Tc3XdbLVCFMsxdC71SCXEkziuSKUDOhYu_w8IoeNc6ru4HHGucA6xCnDdtO7iyrmQ_yvb3NvAAkWJUMWEKjgkNNXAxr1g9V1VJoLMyp7BiV2POlfKyKLYJbmr0o6l_sFQIuz-wpwWoQsIYtZKuC2vkdyMa8p5Kwh"),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}
