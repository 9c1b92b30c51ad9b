namespace Mapping.Cli.Input;

/// <summary>
/// Finds where a JSON value ends, byte by byte, so that a value can arrive in any number of pieces. It looks at brackets and
/// quotes only; whether the value is valid is for the mapping to say.
/// </summary>
internal struct ValueBoundary
{
    private long depth;
    private bool inString;
    private bool isEscaped;
    private bool isScalar;

    /// <summary>Scans on; the index just behind the value, or -1 when it goes on beyond the bytes.</summary>
    public int Find(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            if (inString)
            {
                inString = isEscaped || b != '"';
                isEscaped = !isEscaped && b == '\\';
                if (!inString && depth == 0)
                {
                    return i + 1;
                }

                continue;
            }

            switch (b)
            {
                case (byte)'"' when isScalar:
                case (byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' when isScalar:
                    return i;
                case (byte)'"':
                    inString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    if (isScalar)
                    {
                        return i;
                    }

                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    if (--depth <= 0)
                    {
                        return i + 1;
                    }

                    break;
                default:
                    isScalar |= depth == 0;
                    break;
            }
        }

        return -1;
    }
}
