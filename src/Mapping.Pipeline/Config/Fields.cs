using Mapping.Pipeline.Contracts;

namespace Mapping.Pipeline.Config;

/// <summary>
/// The kinds of fields there are. A component declares each of its fields once, as a constant, and reads them by it:
/// <c>static readonly Field&lt;long&gt; Count = Fields.Integer("count", "Messages to make; 0 for no end.").Default("0")</c>.
/// </summary>
internal static class Fields
{
    public static FieldType<string> TextValue { get; } = new TextType();

    public static FieldType<TextTemplate> TemplateValue { get; } = new TemplateType();

    public static FieldType<CompiledMapping?> MappingValue { get; } = new MappingType(mayBeEmpty: true);

    /// <summary>A mapping with something in it.</summary>
    public static FieldType<CompiledMapping?> ScriptValue { get; } = new MappingType(mayBeEmpty: false);

    public static FieldType<ComponentPlan<IProcessor>> ProcessorValue { get; } = new ComponentFieldType<IProcessor>(ComponentKind.Processor);

    public static FieldType<ComponentPlan<IInput>> InputValue { get; } = new ComponentFieldType<IInput>(ComponentKind.Input);

    public static FieldType<ComponentPlan<IOutput>> OutputValue { get; } = new ComponentFieldType<IOutput>(ComponentKind.Output);

    public static FieldType<IReadOnlyList<ComponentPlan<IProcessor>>> ProcessorsValue { get; } = new ListType<ComponentPlan<IProcessor>>(ProcessorValue);

    public static Field<string> Text(string name, string description) => new(name, TextValue, description);

    /// <summary>A text with interpolations, made for every message.</summary>
    public static Field<TextTemplate> Template(string name, string description) => new(name, TemplateValue, description);

    /// <summary>Null when it is empty.</summary>
    public static Field<CompiledMapping?> Mapping(string name, string description) => new(name, MappingValue, description);

    public static Field<bool> Bool(string name, string description) => new(name, new BoolType(), description);

    public static Field<long> Integer(string name, string description, long least = long.MinValue, long most = long.MaxValue) => new(name, new IntegerType(least, most), description);

    public static Field<double> Number(string name, string description) => new(name, new NumberType(), description);

    public static Field<TimeSpan> Duration(string name, string description) => new(name, new DurationType(), description);

    /// <summary>Null when it is absent or empty.</summary>
    public static Field<TimeSpan?> OptionalDuration(string name, string description) => new Field<TimeSpan?>(name, new OptionalDurationType(), description).Optional();

    public static Field<long> Size(string name, string description) => new(name, new SizeType(), description);

    public static Field<T> Choice<T>(string name, string description, params (string Name, T Value)[] options) => new(name, new ChoiceType<T>(options), description);

    public static Field<IReadOnlyList<T>> List<T>(string name, FieldType<T> item, string description) => new(name, new ListType<T>(item), description);

    public static Field<IReadOnlyList<string>> Texts(string name, string description) => new(name, new ListType<string>(TextValue, mayBeOne: true), description);

    public static Field<IReadOnlyList<KeyValuePair<string, T>>> Map<T>(string name, FieldType<T> item, string description) => new(name, new MapType<T>(item), description);

    /// <summary>A group of fields with a record of its own.</summary>
    public static Field<T> Group<T>(string name, Shape<T> shape, string description) => new(name, shape, description);

    public static Field<ConfigNode> Any(string name, string description) => new(name, new AnyType(), description);

    public static Field<ComponentPlan<IInput>> Input(string name, string description) => new(name, InputValue, description);

    public static Field<ComponentPlan<IOutput>> Output(string name, string description) => new(name, OutputValue, description);

    public static Field<IReadOnlyList<ComponentPlan<IProcessor>>> Processors(string name, string description) => new(name, ProcessorsValue, description);

    public static Field<ComponentPlan<IScanner>> Scanner(string name, string description) => new(name, new ComponentFieldType<IScanner>(ComponentKind.Scanner), description);

    /// <summary>The label of a shared component; that it exists is checked when all files are read.</summary>
    public static Field<string> Resource(string name, ComponentKind kind, string description) => new(name, new ResourceNameType(kind), description);

    /// <summary>Null or empty for none.</summary>
    public static Field<string> OptionalResource(string name, ComponentKind kind, string description) => new Field<string>(name, new ResourceNameType(kind, mayBeEmpty: true), description).Optional();
}
