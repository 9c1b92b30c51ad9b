using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Connectors.SchemaRegistry;

/// <summary>The document of a message that is to be encoded.</summary>
internal static class JsonBody
{
    /// <summary>Deeper documents can only be made to exhaust the stack.</summary>
    private const int MostLevels = 500;

    /// <exception cref="SchemaFailure">The body is no JSON, or nests too deep.</exception>
    public static Value Of(Message message) =>
        !message.TryGetDocument(out Value document) ? throw SchemaFailure.Payload($"the body is no JSON document: {message.Problem?.Message}")
        : document.Depth > MostLevels ? throw SchemaFailure.Payload($"the document nests deeper than {MostLevels} levels")
        : document;
}
