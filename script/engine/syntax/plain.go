package syntax

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// The text of eval and Function is parsed by the engine itself, without what Parse does for patterns. So the text is written
// in another way there: in {a: [b = 1] = []} a name without a default takes the element, and a property that no object has
// binds b to it afterwards, as in {a: [x] = [], y: {0: b = 1} = {0: x}}.

// plainName begins the names that Plain makes. It is a letter that nobody types.
const plainName = "ᅟ"

// maxPlainRounds bounds the levels of patterns within each other.
const maxPlainRounds = 40

// Plain returns a program as the engine's own parser takes it: the text itself, or one that does the same. The tree is that
// of what is returned.
func Plain(text string) (plain string, tree *ast.Program, err error) {
	made := 0
	for range maxPlainRounds {
		if tree, err = parser.ParseFile(nil, "", text, 0, parser.WithDisableSourceMaps); err == nil {
			return text, tree, nil
		}
		var list parser.ErrorList
		if !errors.As(err, &list) || len(list) == 0 || list[0].Message != badTarget && list[0].Message != badRest {
			return text, nil, err
		}
		whole, wholeErr := Parse("", text)
		if wholeErr != nil {
			return text, nil, err
		}
		next := flattened(whole, text, &made)
		if next == text {
			return text, nil, err
		}
		text = next
	}
	return text, nil, err
}

// flattened moves the defaults out of the array patterns of each pattern, one level of them.
func flattened(tree *ast.Program, text string, made *int) string {
	f := flattener{text: text, made: made}
	for _, s := range tree.Body {
		f.visit(s)
	}
	slices.SortFunc(f.edits, func(a, b patternEdit) int { return a.from - b.from })
	var b strings.Builder
	done := 0
	for _, e := range f.edits {
		if e.from < done {
			continue // inside of another one: its turn comes
		}
		b.WriteString(text[done:e.from])
		b.WriteString(e.text)
		done = e.to
	}
	return b.String() + text[done:]
}

type patternEdit struct {
	from, to int
	text     string
}

type flattener struct {
	text  string
	made  *int
	edits []patternEdit
}

// visit looks for what declares names by a pattern.
func (f *flattener) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Binding:
		f.target(n.Target)
	case *ast.ForDeclaration:
		f.target(n.Target)
	case *ast.CatchStatement:
		f.target(n.Parameter)
	case *ast.FunctionLiteral:
		f.target(n.ParameterList.Rest)
	case *ast.ArrowFunctionLiteral:
		f.target(n.ParameterList.Rest)
	}
	Children(n, f.visit)
}

// target looks for properties of a pattern whose value is an array pattern with defaults.
func (f *flattener) target(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignExpression:
		f.target(n.Left)
	case *ast.ArrayPattern:
		for _, e := range n.Elements {
			f.target(e)
		}
		f.target(n.Rest)
	case *ast.ObjectPattern:
		for _, p := range n.Properties {
			keyed, ok := p.(*ast.PropertyKeyed)
			if !ok {
				continue
			}
			value := keyed.Value
			if assign, ok := value.(*ast.AssignExpression); ok {
				value = assign.Left
			}
			if array, ok := value.(*ast.ArrayPattern); ok {
				f.property(array)
			}
			f.target(value)
		}
	}
}

// property puts names in the place of the elements with defaults and a property that binds them behind the pattern's own.
func (f *flattener) property(array *ast.ArrayPattern) {
	from := int(array.LeftBracket) - 1
	_, end := elementOf(f.text, from)
	var taken []patternEdit
	f.defaults(array, &taken)
	if len(taken) == 0 || from < 0 || end > len(f.text) {
		return
	}
	var whole, targets, values strings.Builder
	done := from
	for i, e := range taken {
		*f.made++
		key, name := strconv.Itoa(i)+": ", plainName+strconv.Itoa(*f.made)
		whole.WriteString(f.text[done:e.from] + name)
		targets.WriteString(key + f.text[e.from:e.to] + ", ")
		values.WriteString(key + name + ", ")
		done = e.to
	}
	*f.made++
	property := plainName + strconv.Itoa(*f.made) + ": {" + targets.String() + "} = {" + values.String() + "}"
	f.edits = append(f.edits, patternEdit{from, end, whole.String() + f.text[done:end] + ", " + property})
}

// defaults notes the elements with defaults of an array pattern, and of the array patterns that are its elements.
func (f *flattener) defaults(array *ast.ArrayPattern, taken *[]patternEdit) {
	for _, e := range array.Elements {
		switch e := e.(type) {
		case *ast.AssignExpression:
			from := int(e.Left.Idx0()) - 1
			_, end := elementOf(f.text, from)
			*taken = append(*taken, patternEdit{from: from, to: end})
		case *ast.ArrayPattern:
			f.defaults(e, taken)
		}
	}
	if rest, ok := array.Rest.(*ast.ArrayPattern); ok {
		f.defaults(rest, taken)
	}
}
