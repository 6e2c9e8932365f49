// Package syntax reads the text of a script: it parses, bounds nesting, words syntax errors
// as V8 does, and walks trees.
//
// goja's parser recurses and its errors are its own, so a text is checked before it is
// parsed, and errors are reworded after.
package syntax

import (
	"errors"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"posthaste/script/engine/failure"
)

// Errors unpacks the parser's and the compiler's errors into message and place in the wrapped
// text. Line and column count from 1; 0 means that the place is unknown. Of several errors
// only the first is of use: the others follow from it.
func Errors(err error) (message string, line, col int) {
	var list parser.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return list[0].Message, list[0].Position.Line, list[0].Position.Column
	}
	var compiler *goja.CompilerSyntaxError
	if errors.As(err, &compiler) {
		if compiler.File != nil {
			p := compiler.File.Position(compiler.Offset)
			line, col = p.Line, p.Column
		}
		return compiler.Message, line, col
	}
	return err.Error(), 0, 0
}

// ParseText parses a program that errors give no name.
func ParseText(text string) (*ast.Program, error) {
	return Parse("", text)
}

// AsyncGenerator returns the compiler's error for async generators in a text, which goja's
// parser accepts; nil if missing. Compiling is done only for texts that can contain
// one.
func AsyncGenerator(text string) error {
	if !strings.Contains(text, "async") || !strings.Contains(text, "*") {
		return nil
	}
	tree, err := ParseText(text)
	if err != nil {
		return err
	}
	if _, err = goja.CompileAST(tree, false); err != nil && strings.Contains(err.Error(), "Async generators") {
		return err
	}
	return nil
}

// DependsOnPlace reports whether a message is about a text that may be right where it is
// used, within a class or a function.
func DependsOnPlace(message string) bool {
	for _, word := range []string{"Private field", "super", "new.target"} {
		if strings.Contains(message, word) {
			return true
		}
	}
	return false
}

// NotHere is the end of messages about syntax that V8 knows and this engine does not.
const NotHere = "cannot be translated here"

// Message words a message of the parser at the fault's place as V8 does. It sets f.End for a
// fault at the end of the text. Messages that are not known here are returned as they are.
func Message(m string, f *failure.Fault) string {
	rest := ""
	if f.Col > 0 && f.Col <= len(f.Source)+1 {
		rest = f.Source[f.Col-1:]
	}
	if text, ok := wordedByPlace(m, rest, f); ok {
		return text
	}
	switch {
	case strings.Contains(m, "Async generators are not supported"):
		return "async generators (async function*) " + NotHere
	case strings.HasPrefix(rest, "await") && strings.Contains(f.Source, "for"):
		return "for await " + NotHere
	case m == "Illegal continue statement":
		return m + ": no surrounding iteration statement"
	case m == "Already saw a default in switch":
		return "More than one default clause in switch statement"
	case strings.HasPrefix(m, "Label '") && strings.HasSuffix(m, "' already exists"):
		return strings.TrimSuffix(m, "already exists") + "has already been declared"
	case strings.HasSuffix(m, "Unknown expression type: *ast.PrivateIdentifier"):
		return "Private field '#" + failure.Word(strings.TrimPrefix(rest, "#")) + "' must be declared in an enclosing class"
	case m == "Unexpected reserved word" && failure.Word(rest) == "export":
		return "Unexpected token 'export'"
	case m == "Unexpected reserved word" && failure.Word(rest) == "import":
		return "Cannot use import statement outside a module"
	case strings.HasPrefix(m, "Only one underscore is allowed") && !strings.HasPrefix(rest, "__"):
		return "Numeric separators are not allowed at the end of numeric literals"
	case m == "Unexpected token (" && f.Col > 1 && strings.HasSuffix(strings.TrimRight(f.Source[:f.Col-1], " *"), "function"):
		return "Function statements require a function name"
	case strings.HasPrefix(m, "Invalid left-hand side in assignment") && (strings.HasPrefix(rest, "++") || strings.HasPrefix(rest, "--")):
		return "Invalid left-hand side expression in prefix operation"
	case strings.HasPrefix(m, "Unexpected token ") && rest == "" && f.Line > 0 && !strings.HasSuffix(m, ";"):
		f.End = true
		return "Unexpected end of input" // what stands there is the wrapper's; newman shows its own
	case strings.HasPrefix(m, "Unexpected token "):
		return "Unexpected token '" + strings.TrimPrefix(m, "Unexpected token ") + "'"
	case m == "Unexpected identifier":
		if name := failure.Word(rest); name != "" {
			return "Unexpected identifier '" + name + "'"
		}
	case strings.HasPrefix(m, "Invalid left-hand side in assignment"):
		return "Invalid left-hand side in assignment"
	}
	return m
}
