using Mapping.Diagnostics; using Mapping.Text;
namespace Mapping.Syntax;
internal static class MappingParser { public static MappingSyntax? ParseMapping(SourceText source, DiagnosticBag diagnostics) => null; }
