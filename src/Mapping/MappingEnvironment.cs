using System.Diagnostics.CodeAnalysis;
using Mapping.Binding;
using Mapping.Builtins;
using Mapping.Diagnostics;
using Mapping.Execution;
using Mapping.Functions;
using Mapping.Ir;
using Mapping.Syntax;
using Mapping.Text;
using Mapping.Values;

namespace Mapping;

/// <summary>What mappings may use: functions, methods, imports and limits. Immutable; every change gives a new environment.</summary>
public sealed partial class MappingEnvironment
{
    private readonly Registry registry;
    private readonly IMappingResolver? resolver;

    private readonly bool isRestricted;
    private readonly Tier tier;

    private MappingEnvironment(Registry registry, IMappingResolver? resolver, BuiltinServices services, bool isRestricted, Tier tier = Tier.Auto)
    {
        this.registry = registry;
        this.resolver = resolver;
        this.isRestricted = isRestricted;
        this.tier = tier;
        Services = services with { NestedCompiler = new NestedCompiler(this) };
    }

    /// <summary>Everything: environment variables, files, the host's name, imports relative to the working directory.</summary>
    public static MappingEnvironment Full { get; } = new(Catalogue.Full, new FileResolver(), new BuiltinServices(), isRestricted: false);

    /// <summary>Nothing that reaches outside of the message: for texts of strangers.</summary>
    public static MappingEnvironment Restricted => ForStrangers.Environment;

    internal BuiltinServices Services { get; }

    internal Registry Registry => registry;

    /// <summary>Compiles a mapping, or says everything that is wrong with it.</summary>
    public bool TryCompile(SourceText source, [NotNullWhen(true)] out CompiledMapping? mapping, out IReadOnlyList<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        mapping = TryBuild(source, out MappingProgram? program, out diagnostics) ? new CompiledMapping(source, program, Services) : null;
        return mapping is not null;
    }

    public bool TryCompile(string mapping, [NotNullWhen(true)] out CompiledMapping? compiled, out IReadOnlyList<Diagnostic> diagnostics) =>
        TryCompile(new SourceText(mapping), out compiled, out diagnostics);

    /// <exception cref="MappingException">The text cannot be compiled.</exception>
    public CompiledMapping Compile(string mapping) =>
        TryCompile(mapping, out CompiledMapping? compiled, out IReadOnlyList<Diagnostic> diagnostics) ? compiled : throw new MappingException(diagnostics);

    /// <summary>Compiles a text with interpolations: <c>topic-${! this.region }</c>.</summary>
    public bool TryCompileInterpolation(SourceText field, [NotNullWhen(true)] out Interpolation? interpolation, out IReadOnlyList<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(field);
        var found = new DiagnosticBag();
        interpolation = Worded(() =>
        {
            if (MappingParser.ParseInterpolation(field, found) is not { } syntax)
            {
                return null;
            }

            BoundInterpolation bound = InterpolationBinder.Bind(new BindingSession(registry, Services, resolver: null, found), syntax, field);
            return found.HasErrors ? null : new Interpolation(field, InterpolationProgram.Compile(bound), Services);
        });
        diagnostics = found.ToList();
        return interpolation is not null;
    }

    /// <summary>
    /// As <see cref="TryCompile(SourceText, out CompiledMapping?, out IReadOnlyList{Diagnostic})"/>, where fields of the document with one
    /// of the names that are not there, or null, are read from the metadata.
    /// </summary>
    internal bool TryCompile(SourceText source, IReadOnlySet<string> metadataFields, [NotNullWhen(true)] out CompiledMapping? mapping, out IReadOnlyList<Diagnostic> diagnostics)
    {
        mapping = TryBuild(source, out MappingProgram? program, out diagnostics, metadataFields) ? new CompiledMapping(source, program, Services) : null;
        return mapping is not null;
    }

    internal MappingEnvironment WithServices(BuiltinServices services) => new(registry, resolver, services, isRestricted, tier);

    /// <summary>The five phases of a mapping text, one line each.</summary>
    internal bool TryBuild(SourceText source, [NotNullWhen(true)] out MappingProgram? program, out IReadOnlyList<Diagnostic> diagnostics, IReadOnlySet<string>? metadataFields = null)
    {
        var found = new DiagnosticBag();
        program = Worded(() =>
        {
            MappingSyntax? syntax = MappingParser.ParseMapping(source, found);
            BoundMapping? bound = syntax is null ? null : MappingBinder.Bind(new BindingSession(registry, Services, resolver, found) { MetadataFields = metadataFields }, syntax, source);
            return bound is null || found.HasErrors ? null : MappingProgram.Compile(bound, tier);
        });
        diagnostics = found.ToList();
        return program is not null;
    }

    /// <summary>Diagnostics are read, even where the failure of the function that compiles is not.</summary>
    private static T? Worded<T>(Func<T?> compile)
        where T : class
    {
        bool before = Wording.Set(isOff: false);
        try
        {
            return compile();
        }
        finally
        {
            Wording.Set(before);
        }
    }

    /// <summary>Made when it is first asked for: to choose what belongs to it, all builtins have to be looked at.</summary>
    private static class ForStrangers
    {
        public static readonly MappingEnvironment Environment = new(Catalogue.Full.Where(b => !b.IsImpure), null, new BuiltinServices(), isRestricted: true);
    }
}
