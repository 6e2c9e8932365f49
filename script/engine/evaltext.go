package engine

import (
	"encoding/json"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// Text that a script gives to eval or Function is compiled by the engine itself, without the mender. So its regular
// expressions that need mending, or watching because they backtrack, are rewritten in the text: as calls of the
// constructor, which does both.

// bodies are what the text of a Function may stand in.
func bodies() [][2]string {
	return [][2]string{{"(function(){\n", "\n})"}, {"(async function(){\n", "\n})"}, {"(function*(){\n", "\n})"}}
}

// watchText returns text with such expressions rewritten. A text that does not parse stays, for the engine to refuse.
func watchText(text string, around ...[2]string) string {
	if !backtracks(text) && !strings.Contains(text, `\p{`) && !strings.Contains(text, `\P{`) {
		return text
	}
	for _, pair := range around {
		tree, err := parser.ParseFile(nil, "", pair[0]+text+pair[1], 0, parser.WithDisableSourceMaps)
		if err != nil {
			continue
		}
		p := &patternSpotter{}
		for _, s := range tree.Body {
			p.visit(s)
		}
		return p.rewrite(text, len(pair[0])+1)
	}
	return text
}

// A patternSpotter finds the regular expressions of a text that the engine alone would get wrong.
type patternSpotter struct{ found []*ast.RegExpLiteral }

func (p *patternSpotter) visit(n ast.Node) {
	if re, ok := n.(*ast.RegExpLiteral); ok {
		if mended := mendPattern(re.Pattern, re.Flags); mended != re.Pattern || backtracks(mended) {
			p.found = append(p.found, re)
		}
		return
	}
	children(n, p.visit)
}

// rewrite puts calls in the place of what was found. Offset is the position of the text's first byte.
func (p *patternSpotter) rewrite(text string, offset int) string {
	var b strings.Builder
	done := 0
	for _, re := range p.found {
		from := int(re.Idx) - offset
		whole := "/" + re.Pattern + "/" + re.Flags
		to := from + len(whole)
		pattern, err := json.Marshal(re.Pattern)
		if err != nil || from < done || to > len(text) || text[from:to] != whole {
			return text
		}
		b.WriteString(text[done:from])
		b.WriteString(" new (/x/.constructor)(" + string(pattern) + ",\"" + re.Flags + "\")")
		done = to
	}
	return b.String() + text[done:]
}

// evalText checks what eval is given and returns what is evaluated in its place.
func (b *bounds) evalText(v goja.Value) goja.Value {
	b.source(v)
	if !goja.IsString(v) {
		return v
	}
	text := v.String()
	if watched := watchText(text, [2]string{}); watched != text {
		return b.vm.ToValue(watched)
	}
	return v
}
