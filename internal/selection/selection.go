// Package selection decides by path, name and tag which requests of a collection run.
//
// The path of a request is the names of its folders and its own, joined by "/". Globs match whole paths:
// "*" stands for any characters but "/", "**" for any at all, "?" for one. A glob that matches a folder's path
// takes everything in it.
package selection

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"posthaste/collection"
)

// A Filter is what the user asked for. The zero Filter takes everything.
type Filter struct {
	Include []string // globs; none takes everything
	Exclude []string // globs
	Grep    string   // a regular expression on the path
	Tags    []string // "smoke" wants one of these, "!slow" none of those
	Paths   []string // fingerprints of exact paths; nil takes everything. It serves --last-failed
}

// Empty reports whether the filter takes everything.
func (f *Filter) Empty() bool {
	return len(f.Include)+len(f.Exclude)+len(f.Tags) == 0 && f.Grep == "" && f.Paths == nil
}

// Compile returns a function that reports whether a request is taken. The error names a pattern that is wrong.
func (f *Filter) Compile() (func(*collection.Item) bool, error) {
	include, err := globs(f.Include)
	if err != nil {
		return nil, err
	}
	exclude, err := globs(f.Exclude)
	if err != nil {
		return nil, err
	}
	grep, err := regexp.Compile(f.Grep)
	if err != nil {
		return nil, fmt.Errorf("reading the pattern %q: %w", f.Grep, err)
	}
	return func(item *collection.Item) bool {
		path := Path(item)
		return (len(include) == 0 || matches(include, path)) && !matches(exclude, path) && grep.MatchString(path) &&
			f.tagged(item) && (f.Paths == nil || slices.Contains(f.Paths, Fingerprint(path)))
	}, nil
}

// Path returns the names of an item's folders and its own, joined by "/".
func Path(item *collection.Item) string {
	return strings.Join(append(item.Path(), item.Name), "/")
}

// Fingerprint replaces a path that must not be kept itself, since any name can hold a secret.
func Fingerprint(path string) string {
	sum := sha256.Sum256([]byte(path))
	return hex.EncodeToString(sum[:16])
}

// tagged compares the tags of a request and its folders with those that are wanted.
func (f *Filter) tagged(item *collection.Item) bool {
	tags := Tags(item)
	wanted, found := false, false
	for _, tag := range f.Tags {
		if unwanted, no := strings.CutPrefix(tag, "!"); no {
			if slices.Contains(tags, strings.ToLower(unwanted)) {
				return false
			}
			continue
		}
		wanted = true
		found = found || slices.Contains(tags, strings.ToLower(tag))
	}
	return !wanted || found
}

// writtenTag is a tag in a name or a description: @smoke or [smoke]. It is compiled when it is first
// asked for: its classes cost half a millisecond of every start.
var writtenTag = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[\s(,;])@([\pL\pN][\pL\pN_-]*)|\[([\pL\pN][\pL\pN_-]*)\]`)
})

// Tags returns the tags of an item and of its folders in lower case: [smoke] and @smoke in names and descriptions.
func Tags(item *collection.Item) []string {
	var tags []string
	for at := item; at != nil; at = at.Parent {
		text := at.Name + "\n" + at.Description
		if at.Request != nil {
			text += "\n" + at.Request.Description
		}
		for _, m := range writtenTag().FindAllStringSubmatch(text, -1) {
			if tag := strings.ToLower(m[1] + m[2]); !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
	}
	return tags
}

// globs compiles patterns. A pattern that can match nothing is refused, because it would run nothing in silence.
func globs(patterns []string) ([]*regexp.Regexp, error) {
	var list []*regexp.Regexp
	for _, p := range patterns {
		if strings.Trim(p, "/") == "" {
			return nil, fmt.Errorf("the pattern %q matches nothing", p)
		}
		if !utf8.ValidString(p) { // names in files always are
			return nil, fmt.Errorf("the pattern %q is not UTF-8 and matches nothing", p)
		}
		list = append(list, glob(strings.Trim(p, "/")))
	}
	return list, nil
}

// glob translates a pattern without slashes around it. What it matches may be followed by "/" and more, and preceded by a
// slash: a request may be called "/accesstoken/get".
func glob(pattern string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`(?s)^/*`)
	for rest := pattern; rest != ""; {
		switch {
		case strings.HasPrefix(rest, "**/"):
			b.WriteString(`(?:.*/)?`)
			rest = rest[3:]
		case strings.HasPrefix(rest, "**"):
			b.WriteString(`.*`)
			rest = rest[2:]
		case rest[0] == '*':
			b.WriteString(`[^/]*`)
			rest = rest[1:]
		case rest[0] == '?':
			b.WriteString(`[^/]`)
			rest = rest[1:]
		default:
			b.WriteString(regexp.QuoteMeta(rest[:1]))
			rest = rest[1:]
		}
	}
	b.WriteString(`(?:/.*)?$`)
	return regexp.MustCompile(b.String())
}

// Glob returns a function that reports whether a path matches the pattern.
func Glob(pattern string) (func(path string) bool, error) {
	list, err := globs([]string{pattern})
	if err != nil {
		return nil, err
	}
	return list[0].MatchString, nil
}

func matches(list []*regexp.Regexp, path string) bool {
	return slices.ContainsFunc(list, func(re *regexp.Regexp) bool { return re.MatchString(path) })
}
