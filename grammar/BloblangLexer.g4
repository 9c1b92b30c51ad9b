// The words of a mapping. Blanks, line breaks and comments are tokens, because they decide what their neighbours mean; the classifier
// (src/Mapping/Syntax/Classification) reads them, gives every other token its meaning by position, and passes on only what BloblangParser.g4 names.
lexer grammar BloblangLexer;

// What the classifier makes of the tokens below. See README.md.
tokens {
    // Statement heads
    IMPORT, MAP, LET, META, FROM, IF_STATEMENT, PATH_NAME,
    // Names and literals by position
    NAME, CALLEE, ARGUMENT_NAME, LAMBDA_NAME, WILDCARD, VARIABLE, METADATA, KEY_STRING, TRUE, FALSE, NULL, INTEGER, FLOAT,
    // Words of expressions
    IF, ELSE, ELSE_IF, MATCH,
    // Signs by position
    NEGATE, TRAILING_COMMA, OPEN_BLOCK, OPEN_VALUE, OPEN_CASES, OPEN_OBJECT,
    // The end of a statement or match case: a significant line break, or nothing at all before a closing brace
    END,
    // Stands where nothing can be right; no rule names it
    INVALID
}

BLANKS: [ \t]+;
LINE_BREAK: '\r'? '\n';
COMMENT: '#' ~[\n]*;

WORD: [A-Za-z0-9_]+;

STRING: '"' STRING_CHARACTER* '"';
STRING_OPEN: '"' STRING_CHARACTER* '\\'?;
TRIPLE: '"""' .*? '"""';
TRIPLE_OPEN: '"""';
fragment STRING_CHARACTER: ~["\\\n] | '\\' ~[\n];

ARROW: '->';
FAT_ARROW: '=>';
AND: '&&';
OR: '||';
EQUAL: '==';
NOT_EQUAL: '!=';
GREATER_OR_EQUAL: '>=';
LESS_OR_EQUAL: '<=';
GREATER: '>';
LESS: '<';
COALESCE: '|';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
PERCENT: '%';
NOT: '!';
ASSIGN: '=';
DOT: '.';
COMMA: ',';
COLON: ':';
OPEN_PAREN: '(';
CLOSE_PAREN: ')';
OPEN_BRACKET: '[';
CLOSE_BRACKET: ']';
OPEN_BRACE: '{';
CLOSE_BRACE: '}';
AT: '@';
DOLLAR: '$';

ILLEGAL: .;
