using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using Mapping.Pipeline.Config;
using Snappier;
using ZstdSharp;

namespace Mapping.Pipeline.Components.Formats;

/// <summary>Streams of what a compressed stream contains, by the name of the algorithm.</summary>
internal static class Decompression
{
    public static Field<Func<Stream, Stream>> Field { get; } = Fields.Choice<Func<Stream, Stream>>(
        "algorithm",
        "How the stream is compressed; snappy is its framing format.",
        ("gzip", static s => new GZipStream(s, CompressionMode.Decompress)),
        ("pgzip", static s => new GZipStream(s, CompressionMode.Decompress)),
        ("zlib", static s => new ZLibStream(s, CompressionMode.Decompress)),
        ("flate", static s => new DeflateStream(s, CompressionMode.Decompress)),
        ("bzip2", static s => new Bzip2Stream(s)),
        ("snappy", static s => new SnappyStream(s, CompressionMode.Decompress)),
        ("lz4", static s => LZ4Stream.Decode(s)),
        ("zstd", static s => new DecompressionStream(s, leaveOpen: false)));
}
