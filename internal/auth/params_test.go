package auth_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"posthaste/collection"
	"posthaste/internal/auth"
)

// The types that can be signed are those of the collection's table, and what schemes read is a parameter of some type.
func TestTheTableOfParametersHasWhatSchemesRead(t *testing.T) {
	var sent, all []string
	for _, typ := range collection.AuthTypes() {
		if !typ.Unsent {
			sent = append(sent, typ.Name)
		}
		all = append(all, typ.Params...)
		for _, needed := range typ.Needed {
			if !slices.Contains(typ.Params, needed) {
				t.Errorf("%s needs %s, which is not one of its parameters", typ.Name, needed)
			}
		}
	}
	types := auth.Types()
	slices.Sort(sent)
	slices.Sort(types)
	if !slices.Equal(sent, types) {
		t.Errorf("collection.AuthTypes has %s, and schemes there are for %s", sent, types)
	}
	read := readParams(t)
	if len(read) < 50 {
		t.Fatalf("only %d reads of parameters were found", len(read))
	}
	for name, file := range read {
		if !slices.Contains(all, name) {
			t.Errorf("%s reads the parameter %q, which no type of collection.AuthTypes has", file, name)
		}
	}
}

// readParams are the names that the code gives to Text, Or, Bool and Lookup of Params, and the file of one such call.
func readParams(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Text", "Or", "Bool", "Lookup"}, method.Sel.Name) {
				return true
			}
			if of, ok := method.X.(*ast.Ident); !ok || of.Name != "p" {
				return true
			}
			if literal, ok := call.Args[0].(*ast.BasicLit); ok {
				key, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				found[key] = name
			}
			return true
		})
	}
	return found
}
