using Mapping.Pipeline.Components;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Graph;
using Mapping.Text;

namespace Mapping.Pipeline.Tests.Configuration;

/// <summary>Reads what declarations say about themselves.</summary>
internal static class FieldCheck
{
    public static void AssertReadable(ComponentType type)
    {
        Assert.NotEmpty(type.Summary);
        AssertReadable(type.Body.Children, $"{type.Kind} {type.Name}");
    }

    private static void AssertReadable(IReadOnlyList<Field> fields, string owner)
    {
        foreach (Field field in fields)
        {
            Assert.NotEmpty(field.Description);
            foreach (string yaml in field.Examples.Concat(field.DefaultText is { } text ? [text] : []))
            {
                var problems = new Problems();
                var scope = new ReadScope(problems, MappingEnvironment.Full, new ComponentReader(StandardCatalogue.Instance));
                field.Read(YamlReader.ReadValue(new SourceText(yaml, field.Name)), scope, "root", new FieldValues());
                Assert.True(problems.ErrorCount == 0, $"{owner}, {field.Name}: {string.Join("\n", problems.ToList())}");
            }

            AssertReadable(field.Type.Children, $"{owner}.{field.Name}");
        }
    }
}
