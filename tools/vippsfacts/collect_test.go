package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The committed tables have everything that is in the files.
func TestTheTablesAreWhole(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "vipps")
	if _, err := os.Stat(root); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	found, err := collect([]string{filepath.Join(root, "specs"), filepath.Join(root, "official")})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.variables) < 100 || len(found.examples) < 100 {
		t.Fatalf("found %d names and %d examples, which is too few", len(found.variables), len(found.examples))
	}
	for name, list := range map[string][]string{"variables.txt": found.variables, "examples.txt": found.examples} {
		data, err := os.ReadFile(filepath.Join("..", "..", "internal", "vipps", "facts", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range list {
			if !slices.Contains(strings.Split(string(data), "\n"), line) {
				t.Errorf("%s lacks %s: run vippsfacts", name, line)
			}
		}
	}
}

func TestCollect(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"environment.json": `{"values":[{"key":"customerPhone","value":"x"},{"key":"MSN","value":"4711"}]}`,
		"collection.json":  `{"info":{},"item":[{"request":"{{base_url}}/{{$guid}}/{{order id}}"}]}`,
		"api.yaml": "Merchant-Serial-Number:\n  schema:\n    type: string\n    example: '918273'\nclient_secret: Y8Kteew6GE2ZmeycEt6egg==\n" +
			"guid: fb492b5e-7907-4d83-ba20-c7fb60ca35de\namount:\n\n\n\n\n\n\n\n\n\n  example: 10001\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := collect([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(found.variables, "|"), "MSN|base_url|customerPhone|order id"; got != want {
		t.Errorf("variables are %s, want %s", got, want)
	}
	if got, want := strings.Join(found.examples, "|"), "918273|Y8Kteew6GE2ZmeycEt6egg==|fb492b5e-7907-4d83-ba20-c7fb60ca35de"; got != want {
		t.Errorf("examples are %s, want %s", got, want)
	}
}
