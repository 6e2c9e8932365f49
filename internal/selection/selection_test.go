package selection

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
)

const file = `{"info":{"name":"c"},"item":[
 {"name":"Token [smoke]","request":"http://h/"},
 {"name":"Pay","description":"@payments","item":[
   {"name":"Initiate @smoke","request":"http://h/"},
   {"name":"Late","item":[{"name":"Capture [slow]","request":"http://h/"}]}]},
 {"name":"Mail a@b.c","request":"http://h/"}]}`

func TestFilter(t *testing.T) {
	tests := map[string]struct {
		give Filter
		want string
	}{
		"nothing asked for":            {Filter{}, "Token Initiate Capture Mail"},
		"a folder with all in it":      {Filter{Include: []string{"Pay"}}, "Initiate Capture"},
		"one star stays in its folder": {Filter{Include: []string{"Pay/*@*"}}, "Initiate"},
		"two stars go anywhere":        {Filter{Include: []string{"**/Capture*"}}, "Capture"},
		"a question mark is one":       {Filter{Include: []string{"Pa?/Late"}}, "Capture"},
		"what is left out":             {Filter{Exclude: []string{"Pay/**"}}, "Token Mail"},
		"left out of what is taken":    {Filter{Include: []string{"Pay"}, Exclude: []string{"**/Late"}}, "Initiate"},
		"a regular expression":         {Filter{Grep: "^(Token|Mail)"}, "Token Mail"},
		"a tag":                        {Filter{Tags: []string{"Smoke"}}, "Token Initiate"},
		"one of two tags":              {Filter{Tags: []string{"smoke", "slow"}}, "Token Initiate Capture"},
		"not a tag":                    {Filter{Tags: []string{"!slow"}}, "Token Initiate Mail"},
		"a tag and not another":        {Filter{Tags: []string{"payments", "!slow"}}, "Initiate"},
		"a mail address is no tag":     {Filter{Tags: []string{"b"}}, ""},
		"exact paths":                  {Filter{Paths: []string{Fingerprint("Pay/Late/Capture [slow]")}}, "Capture"},
		"exact paths, none of them":    {Filter{Paths: []string{}}, ""},
	}
	c, err := collection.Parse("c.json", []byte(file), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			take, err := test.give.Compile()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, item := range c.Requests() {
				if take(item) {
					got = append(got, strings.Fields(item.Name)[0])
				}
			}
			if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWrongPatternsAreNamed(t *testing.T) {
	for name, filter := range map[string]Filter{
		"a regular expression": {Grep: "("}, "an empty glob": {Include: []string{"/"}},
		"a glob in Latin-1": {Include: []string{"\xe5pne"}}, "a glob to exclude in Latin-1": {Exclude: []string{"\xe5pne"}},
		"a regular expression in Latin-1": {Grep: "\xe5pne"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := filter.Compile(); err == nil {
				t.Error("no error")
			}
		})
	}
}

func FuzzGlob(f *testing.F) {
	for _, p := range []string{"Pay/*", "**/x?", "a(b", "**"} {
		f.Add(p, "Pay/x")
	}
	f.Fuzz(func(t *testing.T, pattern, path string) {
		list, err := globs([]string{pattern})
		if err != nil {
			return
		}
		re := list[0]
		if !strings.ContainsAny(pattern, "*?") && !re.MatchString(pattern) {
			t.Errorf("%q does not match itself", pattern)
		}
		re.MatchString(path)
	})
}
