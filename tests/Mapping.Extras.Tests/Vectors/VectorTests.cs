using Mapping.Extras.Vectors;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Extras.Tests.Vectors;

public class VectorTests
{
    [Fact]
    public void A_vector_keeps_its_floats_when_it_leaves_the_message()
    {
        var array = new ArrayNode();
        array.Add(Value.FromInt64(1));
        array.Add(Value.FromFloat64(0.5));
        Value vector = Invocation.Invoke(VectorMaking.Vector, null, new EvaluationContext(), Value.FromArray(array), []);
        Assert.Equal([1f, 0.5f], VectorMaking.FloatsOf(vector)!);
        Assert.Equal([1f, 0.5f], VectorMaking.FloatsOf(vector.Detach())!);
        Assert.Null(VectorMaking.FloatsOf(Value.FromObject(new ObjectNode())));
    }

    [Fact]
    public void In_JSON_it_is_an_empty_object() =>
        Assert.Equal("""{"n":0,"v":{}}""", Run.Mapping("let v = this.vector()\nroot.n = $v.length()\nroot.v = $v", "[1,2]"));

    [Fact]
    public void The_wrong_element_is_named() => Assert.Contains("element 2", Run.Mapping("root = this.vector()", "[1,2,null]"), StringComparison.Ordinal);
}
