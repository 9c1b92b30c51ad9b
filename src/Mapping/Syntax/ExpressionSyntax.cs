using Mapping.Text;
using Mapping.Values;

namespace Mapping.Syntax;

/// <summary>An expression; sealed kinds with a visitor.</summary>
internal abstract record ExpressionSyntax(TextSpan Span) : SyntaxNode(Span)
{
    public abstract T Accept<T>(IExpressionVisitor<T> visitor);
}

/// <summary><c>null</c></summary>
internal sealed record NullSyntax(TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitNull(this);
}

/// <summary><c>true</c>, <c>false</c></summary>
internal sealed record BoolSyntax(bool Value, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitBool(this);
}

/// <summary><c>12</c>, <c>007</c>, and <c>-12</c> where the sign belongs to the literal.</summary>
internal sealed record IntegerSyntax(long Value, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitInteger(this);
}

/// <summary><c>1.50</c></summary>
internal sealed record FloatSyntax(double Value, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitFloat(this);
}

/// <summary><c>"text"</c>, <c>"""raw text"""</c>: bytes with all escapes resolved, possibly invalid UTF-8.</summary>
internal sealed record StringSyntax(byte[] Utf8, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitString(this);
}

/// <summary><c>[a, b]</c></summary>
internal sealed record ArraySyntax(IReadOnlyList<ExpressionSyntax> Items, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitArray(this);
}

/// <summary><c>{"key": value, (dynamic): value}</c></summary>
internal sealed record ObjectSyntax(IReadOnlyList<ObjectEntrySyntax> Entries, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitObject(this);
}

/// <summary><c>key: value</c> within an object literal; a quoted key is a <see cref="StringSyntax"/>.</summary>
internal sealed record ObjectEntrySyntax(ExpressionSyntax Key, ExpressionSyntax Value, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>this</c></summary>
internal sealed record ThisSyntax(TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitThis(this);
}

/// <summary><c>root</c></summary>
internal sealed record RootSyntax(TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitRoot(this);
}

/// <summary>A bare name: a lambda parameter in scope, otherwise a field of <c>this</c>.</summary>
internal sealed record BareNameSyntax(string Name, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitBareName(this);
}

/// <summary><c>$name</c></summary>
internal sealed record VariableSyntax(string Name, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitVariable(this);
}

/// <summary><c>@key</c>, <c>@"any key"</c>, or all metadata (<c>@</c>, <c>@""</c>) when <paramref name="Key"/> is null.</summary>
internal sealed record MetadataSyntax(NameSyntax? Key, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitMetadata(this);
}

/// <summary><c>(inner)</c>; the same value and the same static properties as its content.</summary>
internal sealed record GroupSyntax(ExpressionSyntax Inner, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitGroup(this);
}

/// <summary><c>name(arguments)</c></summary>
internal sealed record FunctionCallSyntax(NameSyntax Name, ArgumentListSyntax Arguments, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitFunctionCall(this);
}

/// <summary><c>(a, b)</c> or <c>(name: a)</c> behind a callee; the span runs from bracket to bracket.</summary>
internal sealed record ArgumentListSyntax(IReadOnlyList<ArgumentSyntax> Items, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>value</c> or <c>name: value</c></summary>
internal sealed record ArgumentSyntax(NameSyntax? Name, ExpressionSyntax Value, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>name -> body</c>; the name may be <c>_</c>.</summary>
internal sealed record LambdaSyntax(NameSyntax Parameter, ExpressionSyntax Body, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitLambda(this);
}

/// <summary><c>if c { a } else if d { b } else { e }</c> as an expression.</summary>
internal sealed record IfSyntax(IReadOnlyList<BranchSyntax> Branches, ExpressionSyntax? Else, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitIf(this);
}

/// <summary><c>if condition { value }</c> within an if expression.</summary>
internal sealed record BranchSyntax(ExpressionSyntax Condition, ExpressionSyntax Value, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>match subject { pattern => value ⏎ _ => value }</c></summary>
internal sealed record MatchSyntax(ExpressionSyntax? Subject, IReadOnlyList<MatchCaseSyntax> Cases, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitMatch(this);
}

/// <summary><c>pattern => value</c>; the pattern is null for <c>_</c>.</summary>
internal sealed record MatchCaseSyntax(ExpressionSyntax? Pattern, ExpressionSyntax Value, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>!operand</c></summary>
internal sealed record NotSyntax(ExpressionSyntax Operand, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitNot(this);
}

/// <summary><c>-operand</c>, which means <c>0 - operand</c>.</summary>
internal sealed record NegateSyntax(ExpressionSyntax Operand, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitNegate(this);
}

/// <summary>
/// <c>a + b - c</c>: operators of one level, applied from left to right; a flat list, so that long chains need no deep tree.
/// Tighter levels are operands of looser ones.
/// </summary>
internal sealed record OperatorChainSyntax(ExpressionSyntax First, IReadOnlyList<OperandSyntax> Rest, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitOperatorChain(this);
}

/// <summary><c>+ operand</c> within a chain; the span is that of the operator.</summary>
internal sealed record OperandSyntax(Operation Operator, ExpressionSyntax Operand, TextSpan Span) : SyntaxNode(Span);

/// <summary><c>target.field.method().(expression)</c>: the tails as a flat list.</summary>
internal sealed record TailChainSyntax(ExpressionSyntax Target, IReadOnlyList<TailSyntax> Tails, TextSpan Span) : ExpressionSyntax(Span)
{
    public override T Accept<T>(IExpressionVisitor<T> visitor) => visitor.VisitTailChain(this);
}

/// <summary>One tail; its span begins at what follows the dot.</summary>
internal abstract record TailSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary><c>.name</c>, <c>."any text"</c></summary>
internal sealed record FieldTailSyntax(NameSyntax Name, TextSpan Span) : TailSyntax(Span);

/// <summary><c>.name(arguments)</c></summary>
internal sealed record MethodTailSyntax(NameSyntax Name, ArgumentListSyntax Arguments, TextSpan Span) : TailSyntax(Span);

/// <summary><c>.(expression)</c></summary>
internal sealed record MapTailSyntax(ExpressionSyntax Body, TextSpan Span) : TailSyntax(Span);

internal interface IExpressionVisitor<out T>
{
    T VisitNull(NullSyntax node);

    T VisitBool(BoolSyntax node);

    T VisitInteger(IntegerSyntax node);

    T VisitFloat(FloatSyntax node);

    T VisitString(StringSyntax node);

    T VisitArray(ArraySyntax node);

    T VisitObject(ObjectSyntax node);

    T VisitThis(ThisSyntax node);

    T VisitRoot(RootSyntax node);

    T VisitBareName(BareNameSyntax node);

    T VisitVariable(VariableSyntax node);

    T VisitMetadata(MetadataSyntax node);

    T VisitGroup(GroupSyntax node);

    T VisitFunctionCall(FunctionCallSyntax node);

    T VisitLambda(LambdaSyntax node);

    T VisitIf(IfSyntax node);

    T VisitMatch(MatchSyntax node);

    T VisitNot(NotSyntax node);

    T VisitNegate(NegateSyntax node);

    T VisitOperatorChain(OperatorChainSyntax node);

    T VisitTailChain(TailChainSyntax node);
}
