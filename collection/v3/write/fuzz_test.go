package write

import (
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// FuzzText writes a text as each kind of scalar and reads it back: what is UTF-8 must come back as it was.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", " ", "\n", "a\n", "a\n\n", "\na", " a\nb", "\ta\nb", "a\n \n", "a: b", "- a", "# a", "a #b", "yes", "007", "1.0", "0x10", "2026-01-01", "~", "null", "{{x}}", "<<", "!a", "&a", "*a",
		"|", ">", "%a", "@a", "`a", "\u2028", "a\u0085b", "\uFEFFa", "a\r\nb", "\x00", "'", "\"", "\\", "...", "---", "a\n---\nb", "a\n...\n", "é", "日本", "\U0001F600", "=", "?", "? a", "a:", ":", "a\n  b\n c",
		"{", "[", "}", ",", "1e3", ".inf", "+1", "-", "n", "Y", " \n a", "\n\n  a\n b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := strings.ToValidUTF8(s, "\uFFFD")
		m := yamlMap{{"k", yamlText(s)}, {"l", yamlList{yamlText(s), yamlMap{{"in", yamlText(s)}, {"after", yamlText("x")}}}}, {"end", yamlText(s)}}
		if len(s) < 200 { // a key of YAML may not be longer than 1024 bytes, escapes included
			m = append(m, yamlPair{"in " + s, yamlMap{{"x", yamlText(s)}}})
		}
		doc := m.document()
		var file yaml.Node // and not decoded: 007 is the text that stands there
		if err := yaml.Unmarshal(doc, &file); err != nil {
			t.Fatalf("%v\n%s", err, doc)
		}
		root := file.Content[0]
		list := valueOf(root, "l")
		got := []string{valueOf(root, "k").Value, list.Content[0].Value, valueOf(list.Content[1], "in").Value, valueOf(root, "end").Value}
		if len(s) < 200 {
			got = append(got, valueOf(valueOf(root, "in "+want), "x").Value)
		}
		for i, g := range got {
			if g != want {
				t.Errorf("%d: %q came back as %q from\n%s", i, s, g, doc)
			}
		}
	})
}

// valueOf returns what a map has under a key, an empty node when it has nothing.
func valueOf(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return &yaml.Node{}
}
