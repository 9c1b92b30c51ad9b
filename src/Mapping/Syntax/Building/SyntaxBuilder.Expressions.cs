using Antlr4.Runtime.Tree;
using Mapping.Syntax.Classification;
using Mapping.Text;
using static Mapping.Syntax.Generated.BloblangParser;

namespace Mapping.Syntax.Building;

/// <content>Expressions but for chains of operators and literals.</content>
internal sealed partial class SyntaxBuilder
{
    private ExpressionSyntax Primary(PrimaryContext context)
    {
        IParseTree child = context.GetChild(0);
        return child switch
        {
            ITerminalNode => Terminal(TokenOf(child)),
            CallContext call => new FunctionCallSyntax(Name(TokenOf(call.GetChild(0))), Arguments(call), SpanOf(call)),
            GroupContext group => new GroupSyntax(Query(group.query()), SpanOf(group)),
            ArrayContext array => Array(array),
            ObjectContext entries => Object(entries),
            IfExpressionContext branches => If(branches),
            MatchContext match => Match(match),
            _ => throw new InvalidOperationException(),
        };
    }

    private ExpressionSyntax Terminal(SyntaxToken token)
    {
        TextSpan span = token.Span;
        switch (token.Type)
        {
            case NULL:
                return new NullSyntax(span);
            case TRUE or FALSE:
                return new BoolSyntax(token.Type == TRUE, span);
            case INTEGER:
                return Integer(span);
            case FLOAT:
                return Float(span);
            case STRING:
                return new StringSyntax(Unquote(span), span);
            case TRIPLE:
                return new StringSyntax(Verbatim(span), span);
            case VARIABLE:
                return new VariableSyntax(source.Content.Substring(span.Start + 1, span.Length - 1), span);
            case METADATA:
                NameSyntax? key = span.Length > 1 ? Name(TextSpan.FromBounds(span.Start + 1, span.End)) : null;
                return new MetadataSyntax(key is { Utf8.Length: > 0 } ? key : null, span);
            default:
                string name = TextOf(span);
                return name switch
                {
                    "this" => new ThisSyntax(span),
                    "root" => new RootSyntax(span),
                    _ => new BareNameSyntax(name, span),
                };
        }
    }

    private ArgumentListSyntax Arguments(CallContext call)
    {
        var items = new List<ArgumentSyntax>();
        for (int i = 2; i < call.ChildCount - 1; i++)
        {
            if (call.GetChild(i) is ArgumentContext argument)
            {
                NameSyntax? name = argument.ChildCount == 3 ? Name(TokenOf(argument.GetChild(0))) : null;
                items.Add(new ArgumentSyntax(name, Query(argument.query()), SpanOf(argument)));
            }
        }

        return new ArgumentListSyntax(items, TokenOf(call.GetChild(1)).Span.To(TokenOf(call.GetChild(call.ChildCount - 1)).Span));
    }

    private TailSyntax Tail(TailContext context)
    {
        IParseTree child = context.GetChild(0);
        TextSpan span = SpanOf(context);
        return child switch
        {
            CallContext call => new MethodTailSyntax(Name(TokenOf(call.GetChild(0))), Arguments(call), span),
            GroupContext group => new MapTailSyntax(Query(group.query()), span),
            _ => new FieldTailSyntax(Name(TokenOf(child)), span),
        };
    }

    private ArraySyntax Array(ArrayContext context)
    {
        var items = new List<ExpressionSyntax>();
        for (int i = 1; i < context.ChildCount - 1; i++)
        {
            if (context.GetChild(i) is QueryContext item)
            {
                items.Add(Query(item));
            }
        }

        return new ArraySyntax(items, SpanOf(context));
    }

    private ObjectSyntax Object(ObjectContext context)
    {
        var entries = new List<ObjectEntrySyntax>();
        for (int i = 1; i < context.ChildCount - 1; i++)
        {
            if (context.GetChild(i) is not EntryContext entry)
            {
                continue;
            }

            ExpressionSyntax key = entry.GetChild(0) is QueryContext query
                ? Query(query)
                : new StringSyntax(Unquote(TokenOf(entry.GetChild(0)).Span), TokenOf(entry.GetChild(0)).Span);
            entries.Add(new ObjectEntrySyntax(key, Query((QueryContext)entry.GetChild(2)), SpanOf(entry)));
        }

        return new ObjectSyntax(entries, SpanOf(context));
    }

    private IfSyntax If(IfExpressionContext context)
    {
        var branches = new List<BranchSyntax>();
        ExpressionSyntax? otherwise = null;
        for (int i = 0; i < context.ChildCount;)
        {
            SyntaxToken word = TokenOf(context.GetChild(i));
            if (word.Type == ELSE)
            {
                otherwise = Query(((ValueBlockContext)context.GetChild(i + 1)).query());
                i += 2;
                continue;
            }

            var block = (ValueBlockContext)context.GetChild(i + 2);
            branches.Add(new BranchSyntax(Query((QueryContext)context.GetChild(i + 1)), Query(block.query()), word.Span.To(SpanOf(block))));
            i += 3;
        }

        return new IfSyntax(branches, otherwise, SpanOf(context));
    }

    private MatchSyntax Match(MatchContext context)
    {
        ExpressionSyntax? subject = context.GetChild(1) is QueryContext query ? Query(query) : null;
        var cases = new List<MatchCaseSyntax>();
        for (int i = 2; i < context.ChildCount - 1; i++)
        {
            if (context.GetChild(i) is MatchCaseContext matchCase)
            {
                ExpressionSyntax? pattern = matchCase.GetChild(0) is QueryContext test ? Query(test) : null;
                ExpressionSyntax value = Query((QueryContext)matchCase.GetChild(2));
                cases.Add(new MatchCaseSyntax(pattern, value, ((SyntaxToken)matchCase.Start).Span.To(value.Span)));
            }
        }

        return new MatchSyntax(subject, cases, SpanOf(context));
    }
}
