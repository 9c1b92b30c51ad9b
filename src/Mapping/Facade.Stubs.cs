using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Text;

namespace Mapping;
#pragma warning disable CA1822, CA1032, CA1801, IDE0060

public enum MappingOutcome { Unchanged, Mapped, Deleted, Failed }
public sealed record MappingError(string Text, Diagnostic Diagnostic);
public sealed class MappingException : Exception { public IReadOnlyList<Diagnostic> Diagnostics { get; } = []; }
public sealed class MappingEnvironment
{
    public static MappingEnvironment Restricted { get; } = new();
    public static MappingEnvironment Full { get; } = new();
    public bool TryCompile(SourceText source, [NotNullWhen(true)] out CompiledMapping? mapping, out IReadOnlyList<Diagnostic> diagnostics) => throw new NotSupportedException();
    public bool TryCompile(string mapping, [NotNullWhen(true)] out CompiledMapping? compiled, out IReadOnlyList<Diagnostic> diagnostics) => throw new NotSupportedException();
    public CompiledMapping Compile(string mapping) => throw new NotSupportedException();
    public bool TryCompileInterpolation(SourceText field, [NotNullWhen(true)] out Interpolation? interpolation, out IReadOnlyList<Diagnostic> diagnostics) => throw new NotSupportedException();
    internal BuiltinServices Services { get; } = new();
    internal MappingEnvironment WithServices(BuiltinServices services) => this;
}
public sealed class CompiledMapping
{
    public MappingOutcome Run(IReadOnlyList<Message> batch, int index, IBufferWriter<byte> output, out MappingError? error, bool mutation = false) => throw new NotSupportedException();
    public MappingOutcome Run(ReadOnlyMemory<byte> document, IBufferWriter<byte> output, out MappingError? error, bool mutation = false) => throw new NotSupportedException();
}
public sealed class Interpolation
{
    public bool TryResolve(IReadOnlyList<Message> batch, int index, IBufferWriter<byte> output, out MappingError? error) => throw new NotSupportedException();
}
