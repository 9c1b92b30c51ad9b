using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Config;

/// <summary>A text that is made for every message.</summary>
internal sealed class TextTemplate
{
    private readonly Interpolation interpolation;
    private readonly string? constant;

    public TextTemplate(Interpolation interpolation)
    {
        this.interpolation = interpolation;
        Text = interpolation.Source.Content;
        constant = Text.Contains("${", StringComparison.Ordinal) ? null : Text;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>It is the same for every message.</summary>
    public bool IsConstant => constant is not null;

    /// <summary>The text for one message of a batch.</summary>
    public bool TryResolve(Batch batch, int index, [NotNullWhen(true)] out string? text, [NotNullWhen(false)] out string? error)
    {
        error = null;
        text = constant;
        if (text is not null)
        {
            return true;
        }

        var buffer = new ArrayBufferWriter<byte>();
        bool resolved = interpolation.TryResolve(batch, index, buffer, out MappingError? failure);
        text = resolved ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null;
        error = failure?.Text;
        return resolved;
    }

    /// <summary>As <see cref="TryResolve(Batch, int, out string?, out string?)"/>, byte for byte, whether they are text or not.</summary>
    public bool TryResolve(Batch batch, int index, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        bool resolved = interpolation.TryResolve(batch, index, buffer, out MappingError? failure);
        bytes = resolved ? buffer.WrittenSpan.ToArray() : null;
        error = failure?.Text;
        return resolved;
    }

    /// <exception cref="InvalidOperationException">An interpolation failed.</exception>
    public string Resolve(Batch batch, int index) =>
        TryResolve(batch, index, out string? text, out string? error) ? text : throw new InvalidOperationException($"interpolation failed: {error}");
}
