package rule

import (
	"reflect"
	"regexp"
	"strings"
	"sync"

	"posthaste/internal/check/evidence"
)

// BuiltinWords are the words that texts of rules may hold in braces, beside the ids of values, the words of the
// file, and {into:ID}.
func BuiltinWords() []string {
	return []string{
		"names", "labels", "note", "into", "is", "it", "count", "env", "host", "hosts", "base", "unit", "status", "match", "detail",
		"retry", "said", "other", "what", "do", "use", "switch", "file", "portal", "api", "kind", "proxy", "no-answer", "unclear-values",
	}
}

// WordsOf lists the words of a text; of {into:ID} it is the ID.
func WordsOf(text string) []string {
	var words []string
	for _, m := range Word().FindAllStringSubmatch(text, -1) {
		words = append(words, strings.TrimPrefix(m[1], "into:"))
	}
	return words
}

// Word is a word in a text of a rule.
var Word = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\{([a-z][a-z0-9_:-]*)\}`) })

// KeysOf lists the keys of a type of the rules file by the type's name.
func KeysOf(name string) []string {
	var keys []string
	for _, v := range []any{
		Rules{}, Environment{}, Hosts{}, Kind{}, Sign{}, Value{}, Pattern{}, Claim{}, Step{}, evidence.Field{}, Rule{},
	} {
		t := reflect.TypeOf(v)
		for i := range t.NumField() {
			if key := t.Field(i).Tag.Get("yaml"); t.Name() == name && key != "" {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
