using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Mapping.Builtins.Encodings;

/// <summary>
/// The platform's own hash, for an address, a name, a token: to set it up takes many times what so short a text takes, so that its
/// blocks go straight to the routine of OpenSSL beneath. Where that routine is not found, and for longer texts, the platform is asked.
/// </summary>
internal sealed unsafe class ShortHash
{
    /// <summary>From here on the work outweighs the setting up.</summary>
    private const int MaxLength = 1024;

    /// <summary>More than any of OpenSSL's contexts, of which the state comes first and the rest stays unused.</summary>
    private const int ContextSize = 256;

    private readonly HashForm _form;
    private readonly PlatformHash _platform;

    /// <summary>Takes in one block. It is over in the time of a few hundred instructions, so the collector may wait for it.</summary>
    private readonly delegate* unmanaged[SuppressGCTransition]<byte*, byte*, void> _takeBlock;

    /// <param name="form">The hash's shape.</param>
    /// <param name="library">OpenSSL, or zero.</param>
    /// <param name="platform">The same hash as the platform offers it.</param>
    public ShortHash(HashForm form, nint library, PlatformHash platform)
    {
        _form = form;
        _platform = platform;
        if (library != 0 && BitConverter.IsLittleEndian && NativeLibrary.TryGetExport(library, form.Routine, out nint address))
        {
            _takeBlock = (delegate* unmanaged[SuppressGCTransition]<byte*, byte*, void>)address;
            if (!AgreesWithPlatform())
            {
                _takeBlock = null;
            }
        }
    }

    /// <summary>The length of every digest.</summary>
    public int DigestSize => _form.DigestSize;

    public delegate int PlatformHash(ReadOnlySpan<byte> source, Span<byte> target);

    /// <summary>Whether short texts take the short way.</summary>
    public bool IsShort => _takeBlock != null;

    /// <summary>Writes the digest and returns its length.</summary>
    public int Hash(ReadOnlySpan<byte> source, Span<byte> target) =>
        _takeBlock == null || source.Length > MaxLength || target.Length < _form.DigestSize ? _platform(source, target) : HashBlocks(source, target);

    [SkipLocalsInit]
    private int HashBlocks(ReadOnlySpan<byte> source, Span<byte> target)
    {
        byte* state = stackalloc byte[ContextSize];
        _form.Start.CopyTo(new Span<byte>(state, ContextSize));
        int blockSize = _form.BlockSize;
        fixed (byte* bytes = source)
        {
            int whole = source.Length / blockSize * blockSize;
            for (int i = 0; i < whole; i += blockSize)
            {
                _takeBlock(state, bytes + i);
            }

            TakeEnd(state, source[whole..], source.Length);
        }

        _form.WriteDigest(new ReadOnlySpan<byte>(state, ContextSize), target);
        return _form.DigestSize;
    }

    /// <summary>The rest, a mark, zeros, and the length of all in bits at the end of a block.</summary>
    [SkipLocalsInit]
    private void TakeEnd(byte* state, ReadOnlySpan<byte> rest, int length)
    {
        int blockSize = _form.BlockSize;
        byte* blocks = stackalloc byte[2 * HashForm.MaxBlockSize];
        int size = rest.Length + 1 + _form.LengthSize <= blockSize ? blockSize : 2 * blockSize;
        var end = new Span<byte>(blocks, size);
        for (int i = 0; i < size; i += Vector512<byte>.Count)
        {
            Vector512<byte>.Zero.Store(blocks + i);
        }

        rest.CopyTo(end);
        end[rest.Length] = 0x80;
        if (_form.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(end[^8..], (ulong)length * 8);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(end[^8..], (ulong)length * 8);
        }

        for (int i = 0; i < size; i += blockSize)
        {
            _takeBlock(state, blocks + i);
        }
    }

    private bool AgreesWithPlatform()
    {
        Span<byte> ours = stackalloc byte[64], theirs = stackalloc byte[64];
        return HashBlocks("abc"u8, ours) == _platform("abc"u8, theirs) && ours[.._form.DigestSize].SequenceEqual(theirs[.._form.DigestSize]);
    }
}
