package engine

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/dop251/goja"
)

// A Fault is why a script, or something it left for later, failed.
type Fault struct {
	Name    string // "TypeError", "SyntaxError" …; "" for a thrown value that is no Error
	Message string // as V8 words it
	Line    int    // 1-based in the user's text, 0 when unknown
	Col     int
	Source  string     // that line
	Stack   string     // the frames inside the user's text, one a line
	Value   goja.Value // what was thrown, nil for faults of the engine
	Bare    bool       // what was thrown has neither name nor message
	End     bool       // a SyntaxError at the end of the text
	raw     spotInText // in the compiled text, wrapper included
	Limit   string     // "timeout", "memory", "stack" or "canceled" when a limit ended the script
}

// A spotInText is a line and a column, both 1-based.
type spotInText struct{ line, col int }

// Error returns name and message as JavaScript's String(error) does.
func (f *Fault) Error() string {
	if f.Name == "" {
		return f.Message
	}
	return f.Name + ": " + f.Message
}

// at fills in a place of the wrapped text and the line of the source there.
func (f *Fault) at(source string, line, col int) *Fault {
	line -= wrapLines
	lines := strings.Count(source, "\n") + 1
	if line < 1 {
		return f
	}
	if line > lines { // the parser stood in the wrapper's end
		line, col = lines, len(source)-strings.LastIndexByte(source, '\n')
	}
	f.Line, f.Col, f.Source = line, col, lineOf(source, line)
	return f
}

func lineOf(source string, line int) string {
	for ; line > 1; line-- {
		i := strings.IndexByte(source, '\n')
		if i < 0 {
			return ""
		}
		source = source[i+1:]
	}
	if i := strings.IndexByte(source, '\n'); i >= 0 {
		source = source[:i]
	}
	return strings.TrimSuffix(source, "\r")
}

// syntaxFault words an error of the parser or the compiler as V8 does.
func syntaxFault(source string, err error) *Fault { return (&Script{Source: source}).syntaxFault(err) }

func (s *Script) syntaxFault(err error) *Fault {
	message, line, col := syntaxErrors(err)
	line, col, _ = s.place(line, col)
	f := (&Fault{Name: "SyntaxError"}).at(s.Source, line, col)
	f.Message = syntaxMessage(message, f)
	return f
}

// notHere says that the engine itself does not know what V8 does.
const notHere = "cannot be translated here"

func syntaxMessage(m string, f *Fault) string {
	rest := ""
	if f.Col > 0 && f.Col <= len(f.Source)+1 {
		rest = f.Source[f.Col-1:]
	}
	switch {
	case strings.Contains(m, "Async generators are not supported"):
		return "async generators (async function*) " + notHere
	case strings.HasPrefix(rest, "await") && strings.Contains(f.Source, "for"):
		return "for await " + notHere
	case m == "Unexpected token ILLEGAL":
		return "Invalid or unexpected token"
	case strings.HasPrefix(m, "Unexpected token ") && rest == "" && f.Line > 0 && !strings.HasSuffix(m, ";"):
		f.End = true
		return "Unexpected end of input" // what stands there is the wrapper's; newman shows its own
	case strings.HasPrefix(m, "Unexpected token "):
		return "Unexpected token '" + strings.TrimPrefix(m, "Unexpected token ") + "'"
	case m == "Unexpected identifier":
		if name := word(rest); name != "" {
			return "Unexpected identifier '" + name + "'"
		}
	case strings.HasPrefix(m, "Invalid left-hand side in assignment"):
		return "Invalid left-hand side in assignment"
	}
	return m
}

// word returns the identifier that s begins with.
func word(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool {
		return r != '_' && r != '$' && r <= 127 && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if i < 0 {
		return s
	}
	return s[:i]
}

// interrupted is what a realm gives to goja's Interrupt.
type interrupted struct{ limit string }

func (i interrupted) String() string { return i.limit }

// describe gives the name and message of a thrown value. Values that are no errors have no name; bare ones
// have no message of their own either.
func describe(v goja.Value) (name, message string, bare bool) {
	o, ok := v.(*goja.Object)
	if !ok {
		if v == nil {
			return "", "undefined", true
		}
		return "", v.String(), true
	}
	if n := o.Get("name"); n != nil && !goja.IsUndefined(n) {
		name = n.String()
	}
	if m := o.Get("message"); m != nil && !goja.IsUndefined(m) {
		return name, m.String(), false
	}
	if name == "" {
		return "", o.String(), true
	}
	return name, "", false
}

func frameText(function string, line, col int) string {
	if function == "" || function == "<anonymous>" {
		return fmt.Sprintf("at %d:%d", line, col)
	}
	return fmt.Sprintf("at %s %d:%d", function, line, col)
}
