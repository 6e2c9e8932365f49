package rewrite

import (
	"reflect"
	"strings"

	"github.com/dop251/goja/ast"
)

// Backtracks says whether the engine gives a pattern to the backtracking matcher: goja uses
// Go's regexp, which is linear in time, unless the pattern has look-arounds or references to
// groups.
func Backtracks(pattern string) bool {
	for i := 0; i+1 < len(pattern); i++ {
		switch pattern[i] {
		case '\\':
			if c := pattern[i+1]; c >= '1' && c <= '9' || c == 'k' {
				return true
			}
			i++
		case '(':
			rest := pattern[i+1:]
			for _, look := range []string{"?=", "?!", "?<=", "?<!"} {
				if strings.HasPrefix(rest, look) {
					return true
				}
			}
		}
	}
	return false
}

// guardPatterns puts guards around the literals that were found, and says whether there are
// any. They are rare, so the tree is searched by reflection for the places where they hang.
func (m *Rewriter) guardPatterns(top any) bool {
	if len(m.patterns) == 0 {
		return false
	}
	replacePatterns(reflect.ValueOf(top), m.patterns, map[uintptr]bool{})
	return true
}

// replacePatterns goes through the tree by reflection: the syntax package's walk visits nodes
// and cannot replace them. seen ends cycles through nodes that are shared.
func replacePatterns(v reflect.Value, found map[*ast.RegExpLiteral]bool, seen map[uintptr]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || seen[v.Pointer()] {
			return
		}
		seen[v.Pointer()] = true
		replacePatterns(v.Elem(), found, seen)
	case reflect.Interface:
		if v.IsNil() {
			return
		}
		if literal, ok := v.Interface().(*ast.RegExpLiteral); ok {
			if e, isExpression := v.Interface().(ast.Expression); found[literal] && isExpression && v.CanSet() {
				v.Set(reflect.ValueOf(guarded(RegexpGuard, e)))
			}
			return
		}
		replacePatterns(v.Elem(), found, seen)
	case reflect.Struct:
		// Other structs hold no nodes: positions, texts of the unistring package.
		if !strings.HasPrefix(v.Type().PkgPath(), "github.com/dop251/goja/ast") {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				replacePatterns(v.Field(i), found, seen)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			replacePatterns(v.Index(i), found, seen)
		}
	default: // nothing hangs there
	}
}
