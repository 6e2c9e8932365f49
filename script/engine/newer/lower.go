// Package newer translates scripts in a newer syntax than the engine knows, and finds the way back to the places of
// the user's text.
//
// It costs milliseconds and is tried only after goja refused a script.
package newer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/evanw/esbuild/pkg/api"

	"posthaste/script/engine/failure"
	"posthaste/script/engine/syntax"
)

// A Lowering is a text in the syntax that the engine knows, made of one in a newer syntax, and how to find the way
// back. The zero of everything else about a script stays that of the user's text.
type Lowering struct {
	Text string
	File []byte // the source map, for the engine's own use
	back *sourceMap
}

// Original returns where a place of the lowered text comes from; both are 1-based. A place in what the lowering added
// gives false.
func (l *Lowering) Original(line, col int) (originalLine, originalCol int, ok bool) {
	return l.back.original(line, col)
}

// Bounds of what is lowered: the work can grow with the third power of the nesting and with the square of a list, and
// nothing can interrupt it. Scripts in newer syntax that people write stay far below.
const (
	maxLowered      = 1 << 17
	loweredNesting  = 150
	loweredChain    = 1000
	loweredResult   = 8 // times the text
	loweredOverhead = 1 << 14
	loweredTime     = 3 * time.Second
)

// A Lowerer lowers texts one at a time. One that took too long is left to itself, and then no other is begun. The zero
// lowerer is ready.
type Lowerer struct {
	limit time.Duration // of each; 0 is loweredTime
	mu    sync.Mutex
	stuck bool
}

// Lower translates a text that error messages call name. The fault says why there is no translation.
func (w *Lowerer) Lower(name, text string) (*Lowering, *failure.Fault) {
	return w.bounded(text, func() (*Lowering, *failure.Fault) { return lower(name, text) })
}

// bounded runs the lowering of a text within its bounds.
func (w *Lowerer) bounded(text string, run func() (*Lowering, *failure.Fault)) (*Lowering, *failure.Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	slow := &failure.Fault{Name: "SyntaxError", Message: "the script's newer syntax takes too long to translate"}
	if w.stuck {
		return nil, slow
	}
	if len(text) > maxLowered {
		return nil, &failure.Fault{Name: "SyntaxError", Message: "the script is too long for its syntax"}
	}
	if fault := syntax.CheckDepth(text, loweredNesting, loweredChain); fault != nil {
		return nil, fault
	}
	type result struct {
		l *Lowering
		f *failure.Fault
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if x := recover(); x != nil {
				done <- result{nil, &failure.Fault{Name: "SyntaxError", Message: fmt.Sprintf("the script cannot be translated: %v", x)}}
			}
		}()
		l, f := run()
		done <- result{l, f}
	}()
	limit := time.NewTimer(cmp.Or(w.limit, loweredTime))
	defer limit.Stop()
	select {
	case r := <-done:
		return r.l, r.f
	case <-limit.C:
		w.stuck = true
		return nil, slow
	}
}

// lower rewrites what the engine does not know, and nothing else: async generators, for await, import() as
// require(), HTML-like comments. It works in memory and sees neither files nor settings. The fault has the place of
// what no version of the language knows, in the lines of text.
func lower(name, text string) (*Lowering, *failure.Fault) {
	return lowerBy(transformOptions(name), text, func(_ *Lowering, mappings string) (string, error) { return mappings, nil })
}

// transformOptions say which syntax is rewritten.
func transformOptions(name string) api.TransformOptions {
	return api.TransformOptions{
		Sourcefile: path.Base(name), Sourcemap: api.SourceMapExternal, SourcesContent: api.SourcesContentExclude,
		LogLevel: api.LogLevelSilent, LegalComments: api.LegalCommentsNone, TsconfigRaw: "{}",
		Supported: map[string]bool{
			"async-generator": false, "for-await": false, "dynamic-import": false,
			"regexp-match-indices": false, "regexp-set-notation": false, "using": false, "decorators": false,
			"class-field": false, "class-static-field": false, // the engine takes fields named get, set and static for something else
		},
	}
}

// lowerBy rewrites a text; finish may change the outcome and its mappings.
func lowerBy(options api.TransformOptions, text string, finish func(*Lowering, string) (string, error)) (*Lowering, *failure.Fault) {
	result := api.Transform(text, options)
	if len(result.Errors) > 0 {
		f := &failure.Fault{Name: "SyntaxError", Message: worded(result.Errors[0].Text)}
		if at := result.Errors[0].Location; at != nil {
			f.Line, f.Col = at.Line, at.Column+1
		}
		return nil, f
	}
	l := &Lowering{Text: string(result.Code), File: result.Map}
	if len(l.Text) > loweredResult*len(text)+loweredOverhead {
		return nil, &failure.Fault{Name: "SyntaxError", Message: "the script's newer syntax grows too large"}
	}
	if fault := syntax.CheckNesting(l.Text); fault != nil {
		return nil, fault
	}
	var file struct {
		Mappings string `json:"mappings"`
	}
	if err := json.Unmarshal(result.Map, &file); err != nil {
		return nil, &failure.Fault{Name: "SyntaxError", Message: fmt.Sprintf("the script's newer syntax cannot be placed: %v", err)}
	}
	mappings, err := finish(l, file.Mappings)
	if err != nil {
		return nil, &failure.Fault{Name: "SyntaxError", Message: fmt.Sprintf("the script's newer syntax cannot be placed: %v", err)}
	}
	l.back = newSourceMap(mappings, text)
	return l, nil
}

// worded is what V8 says for a message of the translator.
func worded(text string) string {
	if text == `Cannot use "await" outside an async function` {
		return "Unexpected reserved word"
	}
	if found, ok := strings.CutPrefix(text, `Expected "of" but found "`); ok {
		return "Unexpected token '" + strings.TrimSuffix(found, `"`) + "'"
	}
	return text
}

// WithMap is text with its source map as the engine's parser finds it, for files whose places the engine reports.
func (l *Lowering) WithMap() string {
	return strings.TrimRight(l.Text, "\n") + "\n//# sourceMappingURL=lowered.map"
}
