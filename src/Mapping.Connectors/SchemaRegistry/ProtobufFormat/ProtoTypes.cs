using System.Text;
using Google.Protobuf.Reflection;

namespace Mapping.Connectors.SchemaRegistry.ProtobufFormat;

/// <summary>How a number or text is put on the wire.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Length = 2,
    GroupStart = 3,
    GroupEnd = 4,
    Fixed32 = 5,
}

/// <summary>The symbols of an enum.</summary>
internal sealed class ProtoEnum(string fullName, IEnumerable<(string Name, int Number)> symbols)
{
    private readonly Dictionary<int, byte[]> names = symbols.GroupBy(static s => s.Number).ToDictionary(static g => g.Key, static g => Encoding.UTF8.GetBytes(g.First().Name));
    private readonly Dictionary<string, int> numbers = symbols.ToDictionary(static s => s.Name, static s => s.Number, StringComparer.Ordinal);

    public bool IsNull { get; } = fullName == "google.protobuf.NullValue";

    public byte[]? NameOf(int number) => names.GetValueOrDefault(number);

    public bool TryNumber(string name, out int number) => numbers.TryGetValue(name, out number);
}

/// <summary>A field of a message.</summary>
internal sealed record ProtoField
{
    public required int Number { get; init; }

    public required string Name { get; init; }

    public required string JsonName { get; init; }

    public required FieldDescriptorProto.Type Type { get; init; }

    public bool IsRepeated { get; init; }

    /// <summary>Numbers of a list are written as one run of bytes.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Set to its default differs from not set.</summary>
    public bool HasPresence { get; init; }

    /// <summary>The oneof it is a member of, optional fields of proto3 in one of their own; null for none.</summary>
    public int? Oneof { get; init; }

    public ProtoMessage? Message { get; init; }

    public ProtoEnum? Enum { get; init; }

    public bool IsMap => IsRepeated && Message is { IsMapEntry: true };

    public WireType Wire => Type switch
    {
        FieldDescriptorProto.Type.TypeDouble or FieldDescriptorProto.Type.TypeFixed64 or FieldDescriptorProto.Type.TypeSfixed64 => WireType.Fixed64,
        FieldDescriptorProto.Type.TypeFloat or FieldDescriptorProto.Type.TypeFixed32 or FieldDescriptorProto.Type.TypeSfixed32 => WireType.Fixed32,
        FieldDescriptorProto.Type.TypeString or FieldDescriptorProto.Type.TypeBytes or FieldDescriptorProto.Type.TypeMessage => WireType.Length,
        FieldDescriptorProto.Type.TypeGroup => WireType.GroupStart,
        _ => WireType.Varint,
    };
}

/// <summary>A message type; filled after it was made, because types refer to each other in circles.</summary>
internal sealed class ProtoMessage(string fullName)
{
    private Dictionary<int, int> byNumber = [];
    private Dictionary<string, int> byName = [];

    public string FullName { get; } = fullName;

    public bool IsMapEntry { get; init; }

    /// <summary>Types declared within, in order.</summary>
    public IReadOnlyList<ProtoMessage> Nested { get; init; } = [];

    public IReadOnlyList<ProtoField> Fields { get; private set; } = [];

    public void Fill(IReadOnlyList<ProtoField> fields)
    {
        Fields = fields;
        byNumber = fields.Select(static (f, i) => (f.Number, i)).ToDictionary(static p => p.Number, static p => p.i);
        byName = [];
        for (int i = 0; i < fields.Count; i++)
        {
            byName[fields[i].Name] = i;
            byName[fields[i].JsonName] = i;
        }
    }

    /// <summary>The position of a field; -1 for one that is not known.</summary>
    public int IndexOf(int number) => byNumber.GetValueOrDefault(number, -1);

    /// <summary>By either of its names.</summary>
    public int IndexOf(string name) => byName.GetValueOrDefault(name, -1);
}

/// <summary>A file of types with those it imports.</summary>
/// <param name="Messages">Of the file itself, in order.</param>
/// <param name="All">By full name.</param>
internal sealed record ProtoFile(IReadOnlyList<ProtoMessage> Messages, IReadOnlyDictionary<string, ProtoMessage> All);
