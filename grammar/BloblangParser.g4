// The structure of a mapping over classified tokens. Every decision needs one token of look-ahead, so SLL prediction is exact and
// never slow; there are no predicates. A mapping is parsed statement by statement.
parser grammar BloblangParser;

options { tokenVocab = BloblangLexer; superClass = Mapping.Syntax.Parsing.NestingParser; }

expression: query EOF;

// A text that is one query alone is the shorthand for `root = query`; the builder refuses a query among statements.
// Errors are mended here: the rest of the statement is skipped and the next one parsed.
statement: (fileReference | importStatement | mapStatement | letStatement | metaStatement | assignment | ifStatement | query) END;
    catch [RecognitionException fault] { Abandon(_localctx, fault); }
    catch [Mapping.Syntax.Parsing.SyntaxFault fault] { Abandon(_localctx, fault.Cause); }

fileReference: FROM STRING;
importStatement: IMPORT STRING;
mapStatement: MAP (NAME | STRING) block;
letStatement: LET (NAME | STRING) ASSIGN query;
metaStatement: META (NAME | STRING)? ASSIGN query;
assignment: PATH_NAME (DOT (NAME | STRING))* ASSIGN query;
ifStatement: IF_STATEMENT query block (ELSE_IF query block)* (ELSE block)?;
block: OPEN_BLOCK statement* CLOSE_BRACE;

// Flat on purpose: the operators' levels are sorted out by the builder, so that long chains need no deep stack.
query: operand (binaryOperator operand)*;

binaryOperator
    : STAR | SLASH | PERCENT | COALESCE
    | PLUS | MINUS
    | EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL
    | AND | OR
    ;

operand: NEGATE? NOT? (lambda | primary (DOT tail)*);

// The body reaches as far right as a query can: the builder gives it the rest of the chain that the lambda stands in.
lambda: LAMBDA_NAME ARROW operand;

tail: NAME | STRING | call | group;

primary
    : NULL | TRUE | FALSE | INTEGER | FLOAT | STRING | TRIPLE
    | NAME | VARIABLE | METADATA
    | call | group | array | object | ifExpression | match
    ;

group: OPEN_PAREN query CLOSE_PAREN;

call: CALLEE OPEN_PAREN (argument (COMMA argument)* TRAILING_COMMA?)? CLOSE_PAREN;
argument: (ARGUMENT_NAME COLON)? query;

array: OPEN_BRACKET (query (COMMA query)* TRAILING_COMMA?)? CLOSE_BRACKET;

object: OPEN_OBJECT (entry (COMMA entry)* TRAILING_COMMA?)? CLOSE_BRACE;
entry: (KEY_STRING | query) COLON query;

ifExpression: IF query valueBlock (ELSE_IF query valueBlock)* (ELSE valueBlock)?;
valueBlock: OPEN_VALUE query CLOSE_BRACE;

match: MATCH query? OPEN_CASES matchCase* CLOSE_BRACE;

// Errors are mended here too, so that every broken case of a match is reported.
matchCase: (WILDCARD | query) FAT_ARROW query (COMMA | END);
    catch [RecognitionException fault] { Abandon(_localctx, fault); }
    catch [Mapping.Syntax.Parsing.SyntaxFault fault] { Abandon(_localctx, fault.Cause); }
