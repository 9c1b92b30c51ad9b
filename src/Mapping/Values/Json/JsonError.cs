namespace Mapping.Values.Json;

/// <summary>Why a text is not a JSON document.</summary>
/// <param name="Message">In our own words, without the position.</param>
/// <param name="Offset">Bytes from the start of the document.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based, in bytes.</param>
internal readonly record struct JsonError(string Message, int Offset, int Line, int Column);
