using System.Globalization;
using Mapping.Values;

namespace Mapping.Syntax;

/// <content>Expressions.</content>
internal sealed partial class SyntaxPrinter : IExpressionVisitor<bool>
{
    public bool VisitNull(NullSyntax node) => Leaf("null");

    public bool VisitBool(BoolSyntax node) => Leaf(node.Value ? "true" : "false");

    public bool VisitInteger(IntegerSyntax node) => Leaf("integer " + node.Value.ToString(CultureInfo.InvariantCulture));

    public bool VisitFloat(FloatSyntax node) => Leaf("float " + node.Value.ToString("R", CultureInfo.InvariantCulture));

    public bool VisitString(StringSyntax node) => Leaf("string " + Quote(node.Utf8));

    public bool VisitArray(ArraySyntax node)
    {
        Open("array");
        foreach (ExpressionSyntax item in node.Items)
        {
            item.Accept(this);
        }

        return Close();
    }

    public bool VisitObject(ObjectSyntax node)
    {
        Open("object");
        foreach (ObjectEntrySyntax entry in node.Entries)
        {
            Child("key", entry.Key);
            Child("value", entry.Value);
        }

        return Close();
    }

    public bool VisitThis(ThisSyntax node) => Leaf("this");

    public bool VisitRoot(RootSyntax node) => Leaf("root");

    public bool VisitBareName(BareNameSyntax node) => Leaf("name " + node.Name);

    public bool VisitVariable(VariableSyntax node) => Leaf("variable " + node.Name);

    public bool VisitMetadata(MetadataSyntax node) => Leaf(node.Key is { } key ? "metadata " + Name(key) : "metadata");

    public bool VisitGroup(GroupSyntax node)
    {
        Child("group", node.Inner);
        return true;
    }

    public bool VisitFunctionCall(FunctionCallSyntax node) => Call("call " + node.Name.Text, node.Arguments);

    public bool VisitLambda(LambdaSyntax node)
    {
        Child("lambda " + node.Parameter.Text, node.Body);
        return true;
    }

    public bool VisitIf(IfSyntax node)
    {
        Open("if");
        foreach (BranchSyntax branch in node.Branches)
        {
            Child("condition", branch.Condition);
            Child("then", branch.Value);
        }

        if (node.Else is { } otherwise)
        {
            Child("else", otherwise);
        }

        return Close();
    }

    public bool VisitMatch(MatchSyntax node)
    {
        Open("match");
        if (node.Subject is { } subject)
        {
            Child("subject", subject);
        }

        foreach (MatchCaseSyntax matchCase in node.Cases)
        {
            if (matchCase.Pattern is { } pattern)
            {
                Child("case", pattern);
            }
            else
            {
                Line("otherwise");
            }

            Child("value", matchCase.Value);
        }

        return Close();
    }

    public bool VisitNot(NotSyntax node)
    {
        Child("not", node.Operand);
        return true;
    }

    public bool VisitNegate(NegateSyntax node)
    {
        Child("negate", node.Operand);
        return true;
    }

    public bool VisitOperatorChain(OperatorChainSyntax node)
    {
        Open("chain");
        node.First.Accept(this);
        foreach (OperandSyntax operand in node.Rest)
        {
            Child(Operations.Symbol(operand.Operator), operand.Operand);
        }

        return Close();
    }

    public bool VisitTailChain(TailChainSyntax node)
    {
        Open("tails");
        node.Target.Accept(this);
        foreach (TailSyntax tail in node.Tails)
        {
            switch (tail)
            {
                case FieldTailSyntax field:
                    Line("." + Name(field.Name));
                    break;
                case MethodTailSyntax method:
                    Call("." + method.Name.Text + "()", method.Arguments);
                    break;
                case MapTailSyntax map:
                    Child(".()", map.Body);
                    break;
            }
        }

        return Close();
    }

    private bool Call(string head, ArgumentListSyntax arguments)
    {
        Open(head);
        foreach (ArgumentSyntax argument in arguments.Items)
        {
            if (argument.Name is { } name)
            {
                Child(name.Text + ":", argument.Value);
            }
            else
            {
                argument.Value.Accept(this);
            }
        }

        return Close();
    }
}
