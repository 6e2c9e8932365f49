package engine

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja/ast"
	"github.com/evanw/esbuild/pkg/api"
)

// A lowering is a text in the syntax that the engine knows, made of one in a newer syntax, and how to find the way
// back. The zero of everything else about a script stays that of the user's text.
type lowering struct {
	text string
	file []byte // the source map, for the engine's own use
	back *sourceMap
}

// original returns where a place of the lowered text comes from; both are 1-based. A place in what the lowering added
// gives false.
func (l *lowering) original(line, col int) (originalLine, originalCol int, ok bool) {
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

// A lowerer lowers texts one at a time. One that took too long is left to itself, and then no other is begun. The zero
// lowerer is ready.
type lowerer struct {
	limit time.Duration // of each; 0 is loweredTime
	mu    sync.Mutex
	stuck bool
}

func (w *lowerer) lower(name, text string) (*lowering, *Fault) {
	return w.bounded(text, func() (*lowering, *Fault) { return lower(name, text) })
}

// bounded runs the lowering of a text within its bounds.
func (w *lowerer) bounded(text string, run func() (*lowering, *Fault)) (*lowering, *Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	slow := &Fault{Name: "SyntaxError", Message: "the script's newer syntax takes too long to translate"}
	if w.stuck {
		return nil, slow
	}
	if len(text) > maxLowered {
		return nil, &Fault{Name: "SyntaxError", Message: "the script is too long for its syntax"}
	}
	if fault := checkDepth(text, loweredNesting, loweredChain); fault != nil {
		return nil, fault
	}
	type result struct {
		l *lowering
		f *Fault
	}
	done := make(chan result, 1)
	go func() {
		defer func() {
			if x := recover(); x != nil {
				done <- result{nil, &Fault{Name: "SyntaxError", Message: fmt.Sprintf("the script cannot be translated: %v", x)}}
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
func lower(name, text string) (*lowering, *Fault) {
	return lowerBy(transformOptions(name), text, func(_ *lowering, mappings string) (string, error) { return mappings, nil })
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
func lowerBy(options api.TransformOptions, text string, finish func(*lowering, string) (string, error)) (*lowering, *Fault) {
	result := api.Transform(text, options)
	if len(result.Errors) > 0 {
		f := &Fault{Name: "SyntaxError", Message: result.Errors[0].Text}
		if at := result.Errors[0].Location; at != nil {
			f.Line, f.Col = at.Line, at.Column+1
		}
		return nil, f
	}
	l := &lowering{text: string(result.Code), file: result.Map}
	if len(l.text) > loweredResult*len(text)+loweredOverhead {
		return nil, &Fault{Name: "SyntaxError", Message: "the script's newer syntax grows too large"}
	}
	if fault := checkNesting(l.text); fault != nil {
		return nil, fault
	}
	var file struct {
		Mappings string `json:"mappings"`
	}
	if err := json.Unmarshal(result.Map, &file); err != nil {
		return nil, &Fault{Name: "SyntaxError", Message: fmt.Sprintf("the script's newer syntax cannot be placed: %v", err)}
	}
	mappings, err := finish(l, file.Mappings)
	if err != nil {
		return nil, &Fault{Name: "SyntaxError", Message: fmt.Sprintf("the script's newer syntax cannot be placed: %v", err)}
	}
	l.back = newSourceMap(mappings, text)
	return l, nil
}

// script compiles a script by way of a lowerer. known is what the engine says of it as it stands.
func (w *lowerer) script(source string, hosts map[string]bool, known error) (*Script, error) {
	l, fault := w.lower(ScriptName, wrapOpen+source+wrapClose)
	if fault != nil {
		return nil, furthest(source, known, fault)
	}
	script, err := buildScript(source, l, hosts)
	if err != nil {
		if errors.As(err, &fault) {
			fault.Line += wrapLines
			return nil, furthest(source, known, fault)
		}
		return nil, known
	}
	script.wants.Store(mentions) // what lowering adds uses Symbol.asyncIterator
	return script, nil
}

// furthest picks the better of two reasons: of the parsers the engine's stops at what is only newer than itself, and
// the other goes on to what is wrong.
func furthest(source string, known error, other *Fault) error {
	fault, ok := known.(*Fault) //nolint:errorlint // it is made here and never wrapped
	if ok && other.Line <= wrapLines && strings.Contains(fault.Message, notHere) {
		return &Fault{Name: "SyntaxError", Message: other.Message, Line: fault.Line, Col: fault.Col, Source: fault.Source}
	}
	line := other.Line - wrapLines
	if !ok || fault.End || line > strings.Count(source, "\n")+1 || line < fault.Line || line == fault.Line && !strings.Contains(fault.Message, notHere) {
		return known
	}
	return (&Fault{Name: "SyntaxError", Message: other.Message}).at(source, other.Line, other.Col)
}

// adopt moves what lowering put before the wrapper into its function, so that it does not become global.
func adopt(tree *ast.Program, outer *ast.FunctionLiteral) {
	last := len(tree.Body) - 1
	outer.Body.List = append(tree.Body[:last:last], outer.Body.List...)
	outer.DeclarationList = append(outer.DeclarationList, tree.DeclarationList...)
	tree.Body, tree.DeclarationList = tree.Body[last:], nil
}

// withMap is text with its source map as the engine's parser finds it, for files whose places the engine reports.
func (l *lowering) withMap() string {
	return strings.TrimRight(l.text, "\n") + "\n//# sourceMappingURL=lowered.map"
}
