package cause

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

//go:embed rules/*.json
var ruleFiles embed.FS

// A Book is one file of rules: what a status, a body or an error of an API means.
type Book struct {
	Source string   `json:"source"` // where it is documented
	Hosts  []string `json:"hosts"`  // whose responses it is about; no hosts and no paths: anybody's
	Paths  []string `json:"paths"`  // parts of URLs by which the API is known on other hosts
	Rules  []Rule   `json:"rules"`
}

// A Rule is one meaning. Everything that it names has to fit; the first rule that fits counts, and books that name hosts
// go before those that do not.
type Rule struct {
	Status []int    `json:"status"` // of the response
	Code   []string `json:"code"`   // of a request without a response
	Path   string   `json:"path"`   // a part of the URL
	Body   []string `json:"body"`   // one of them is a part of the body, in any case
	Means  string   `json:"means"`
	Todo   string   `json:"todo"`
}

// Books returns the rules that come with the program, those of hosts first. The caller must not change them.
var Books = sync.OnceValue(func() []Book { //nolint:gochecknoglobals // read once, never written
	names, err := fs.Glob(ruleFiles, "rules/*.json")
	if err != nil {
		return nil
	}
	var list []Book
	for _, name := range names {
		data, err := ruleFiles.ReadFile(name)
		if err != nil {
			continue
		}
		b, err := ReadBook(data)
		if err != nil {
			continue // a test reads every one
		}
		list = append(list, b)
	}
	slices.SortStableFunc(list, func(a, b Book) int { return min(len(b.Hosts), 1) - min(len(a.Hosts), 1) })
	return list
})

// ReadBook reads a file of rules. A member that it does not know is an error.
func ReadBook(data []byte) (Book, error) {
	var b Book
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b); err != nil {
		return b, fmt.Errorf("reading rules: %w", err)
	}
	for i, r := range b.Rules {
		if r.Means == "" || len(r.Status)+len(r.Code) == 0 {
			return b, fmt.Errorf("reading rules: rule %d has no meaning, or neither status nor code", i+1)
		}
	}
	return b, nil
}

// meaning finds what came of a request, and what to do about it; "" where no rule fits.
func meaning(host, url, body, code string, status int) (means, todo string) {
	body = strings.ToLower(body)
	for _, b := range Books() {
		if !b.isAbout(host, url) {
			continue
		}
		for _, r := range b.Rules {
			if r.fits(url, body, code, status) {
				return r.Means, r.Todo
			}
		}
	}
	return "", ""
}

func (b Book) isAbout(host, url string) bool {
	return len(b.Hosts)+len(b.Paths) == 0 || slices.Contains(b.Hosts, host) ||
		slices.ContainsFunc(b.Paths, func(part string) bool { return hasFold(url, part) })
}

func hasFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// fits says whether a rule explains a response, or a missing one by its error code.
func (r Rule) fits(url, body, code string, status int) bool {
	if code != "" && !slices.Contains(r.Code, code) || code == "" && !slices.Contains(r.Status, status) {
		return false
	}
	if !hasFold(url, r.Path) {
		return false
	}
	return len(r.Body) == 0 || slices.ContainsFunc(r.Body, func(part string) bool { return strings.Contains(body, strings.ToLower(part)) })
}
