// Package failure says why a script failed: in which words, and at which place of the user's text. It knows the wrapper
// that scripts are compiled in, since places are counted from the line behind it.
package failure

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
	Raw     SpotInText // in the compiled text, wrapper included
	Limit   string     // "timeout", "memory", "stack" or "canceled" when a limit ended the script
}

// A SpotInText is a line and a column, both 1-based.
type SpotInText struct{ Line, Col int }

// Error returns name and message as JavaScript's String(error) does.
func (f *Fault) Error() string {
	if f.Name == "" {
		return f.Message
	}
	return f.Name + ": " + f.Message
}

// At fills in a place of the wrapped text and the line of the source there.
func (f *Fault) At(source string, line, col int) *Fault {
	line -= WrapLines
	lines := strings.Count(source, "\n") + 1
	if line < 1 {
		return f
	}
	if line > lines { // the parser stood in the wrapper's end
		line, col = lines, len(source)-strings.LastIndexByte(source, '\n')
	}
	f.Line, f.Col, f.Source = line, col, LineOf(source, line)
	return f
}

// LineOf is a line without its break, "" beyond the end.
func LineOf(source string, line int) string {
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

// Word returns the identifier that s begins with.
func Word(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool {
		return r != '_' && r != '$' && r <= 127 && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if i < 0 {
		return s
	}
	return s[:i]
}

// In says which file a fault of the compiler stands in.
func (f *Fault) In(file string) *Fault {
	f.Message += fmt.Sprintf(" (%s:%d:%d)", file, f.Line, f.Col)
	return f
}
