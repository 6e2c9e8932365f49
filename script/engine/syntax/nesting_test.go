package syntax

import (
	"strings"
	"testing"
)

func TestCheckNesting(t *testing.T) {
	const much = 200000
	refused := []string{
		"(", "[", "{", "a<", "a\nin\n", "a`b`", "for(;;)\n", "while(a)\n", "do\n", "if(a)\n", "if(a);else\n", "a||", "a&&",
		"new\n", "typeof\t", "void/**/", "l:", "a=>", "`${", "a?b:", "x=>{", "function f(){", "class extends ", "!", "a.b", "[0]", "()",
		"`${`", "/x/.a", "a\n/", "a%",
	}
	for _, piece := range refused {
		if CheckNesting("a"+strings.Repeat(piece, much)) == nil {
			t.Errorf("%q again and again is let through", piece)
		}
	}
	allowed := map[string]string{
		"statements":              strings.Repeat("pm.test('a', () => { f(1); });\n", 20000),
		"no semicolons":           strings.Repeat("pm.test('a', function () { f(1) })\n", 7000),
		"a long string":           "var a = '" + strings.Repeat("(<a b=[", much) + "'",
		"a long template":         "var a = `" + strings.Repeat("(<a b=[\n", much) + "`",
		"a long comment":          "/*" + strings.Repeat("(", much) + "*/",
		"a list of data":          "var a = [" + strings.Repeat("{a: [1, 2], b: 'c'},\n", 50000) + "]",
		"quotes in an expression": strings.Repeat("a = b.replace(/['\"`(]/g, '') / 2;\n", 20000),
		"a division":              strings.Repeat("a = (b + c) / d / e;\n", 20000),
	}
	for name, source := range allowed {
		if f := CheckNesting(source); f != nil {
			t.Errorf("%s: refused: %v", name, f)
		}
	}
}
