using System.Runtime.CompilerServices;

namespace Mapping.Values.Json;

/// <summary>Escapes of two characters: the second one stands for another, or for itself.</summary>
internal static class ShortEscapes
{
    /// <summary>By the character after the backslash.</summary>
    private static ReadOnlySpan<byte> Meanings =>
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\"\0\0\0\0\0\0\0\0\0\0\0\0/\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\\\0\0\0\0\0\b\0\0\0\f\0\0\0\0\0\0\0\n\0\0\0\r\0\t\0\0\0\0\0\0\0\0\0\0\0"u8;

    /// <summary>What a character after a backslash stands for; 0 where there is no such escape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte Meaning(byte letter) => letter < 0x80 ? Meanings[letter] : (byte)0;
}
