package content

import (
	"testing"

	"posthaste/collection"
)

func TestBytes(t *testing.T) {
	tests := map[string]struct {
		give *collection.Body
		want string
		ok   bool
	}{
		"raw":                 {&collection.Body{Mode: "raw", Raw: "{}//c", Language: "json"}, "{}", true},
		"raw of another kind": {&collection.Body{Mode: "raw", Raw: "{}//c", Language: "text"}, "{}//c", true},
		"raw by its header":   {&collection.Body{Mode: "raw", Raw: "{}//c", Language: ""}, "{}", true},
		"urlencoded":          {&collection.Body{Mode: "urlencoded", URLEncoded: []collection.Param{{Key: "a", Value: collection.Text("b c")}}}, "a=b%20c", true},
		"graphql":             {&collection.Body{Mode: "graphql", GraphQL: &collection.GraphQL{Query: "q"}}, `{"query":"q"}`, true},
		"inline":              {&collection.Body{Mode: "file", File: &collection.File{Content: "aGk=", HasContent: true}}, "hi", true},
		"none":                {nil, "", true},
		"disabled":            {&collection.Body{Mode: "raw", Raw: "x", Disabled: true}, "", true},
		"files are not known": {&collection.Body{Mode: "file", File: &collection.File{Src: "x"}}, "", false},
		"forms are not known": {&collection.Body{Mode: "formdata"}, "", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, ok := Bytes(test.give, []collection.Header{{Key: "Content-Type", Value: "application/json"}}); string(got) != test.want || ok != test.ok {
				t.Errorf("Bytes = %q, %v, want %q, %v", got, ok, test.want, test.ok)
			}
		})
	}
}
