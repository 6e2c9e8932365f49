// Package cldr contains what is known of languages: names, patterns and rules from Unicode's
// CLDR, in the version of Node 20's ICU. tools/cldr writes the data, one compressed file for
// each language. A language is unpacked when it is first asked for, and stays in memory.
package cldr

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"strings"
	"sync"
)

//go:embed data/*.gz
var data embed.FS

// A Locale is the data of one locale. A key that it does not have is looked up in its parent:
// en-GB has only what differs from en. It never changes, so goroutines may share it. All
// methods accept nil, which has no keys.
type Locale struct {
	// Tag is the locale's name, such as "nb" or "en-GB".
	Tag    string
	parent *Locale
	own    map[string]string
	gone   map[string]bool // of the parent's keys
}

// Get returns the text of a key; ok is false where neither the locale nor its parents have
// it. tools/cldr says what the keys are.
func (l *Locale) Get(key string) (text string, ok bool) {
	for ; l != nil; l = l.parent {
		if text, ok = l.own[key]; ok {
			return text, true
		}
		if l.gone[key] {
			return "", false
		}
	}
	return "", false
}

// Text returns the text of a key, or "" where there is none.
func (l *Locale) Text(key string) string {
	text, _ := l.Get(key)
	return text
}

// First returns the text of the first of the keys that exists, or "".
func (l *Locale) First(keys ...string) string {
	for _, key := range keys {
		if text, ok := l.Get(key); ok {
			return text
		}
	}
	return ""
}

// List returns the texts that are stored under one key, such as the names of the months, or
// nil.
func (l *Locale) List(key string) []string {
	text, ok := l.Get(key)
	if !ok {
		return nil
	}
	return strings.Split(text, "|")
}

// Each calls fn for every key that begins with prefix, the parents' included, in no order. A
// caller whose result depends on the order must sort.
func (l *Locale) Each(prefix string, fn func(key, text string)) {
	seen := map[string]bool{}
	for ; l != nil; l = l.parent {
		for key, text := range l.own {
			if strings.HasPrefix(key, prefix) && !seen[key] {
				seen[key] = true
				fn(key, text)
			}
		}
		// Only now: a key may be in own and in gone, and own counts.
		for key := range l.gone {
			seen[key] = true
		}
	}
}

// languages keeps what was unpacked: by language, a map of its locales by tag.
//
//nolint:gochecknoglobals // a cache of data that never changes
var languages sync.Map

// language loads the data of a language when it is first asked for; nil means that there is
// none. Two goroutines may do it at once; the result of one is kept.
func language(code string) map[string]*Locale {
	if held, ok := languages.Load(code); ok {
		return held.(map[string]*Locale)
	}
	text, err := unpack(code)
	if err != nil {
		return nil
	}
	held, _ := languages.LoadOrStore(code, parse(text))
	return held.(map[string]*Locale)
}

// unpack reads an embedded file. It fails for a name that is not embedded.
func unpack(name string) (string, error) {
	packed, err := data.ReadFile("data/" + name + ".gz")
	if err != nil {
		return "", err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(r)
	return string(text), err
}

// parse reads the lines of a file: "=TAG<tab>PARENT" begins a locale, "-KEY" removes a key of
// the parent, everything else is "KEY<tab>TEXT". Parents come before their children. The
// texts share the memory of the file.
func parse(text string) map[string]*Locale {
	all := map[string]*Locale{}
	var l *Locale
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		switch line[0] {
		case '=':
			tag, parent, _ := strings.Cut(line[1:], "\t")
			l = &Locale{Tag: tag, parent: all[parent], own: map[string]string{}, gone: map[string]bool{}}
			all[tag] = l
		case '-':
			l.gone[line[1:]] = true
		default:
			key, value, _ := strings.Cut(line, "\t")
			l.own[key] = value
		}
	}
	return all
}

// Find returns the data for a locale: its own, or that of the nearest locale above it. A
// region may imply a script, as TW does in zh-TW. nil means that the language is not carried.
func Find(tag string) *Locale {
	code, _, _ := strings.Cut(tag, "-")
	all := language(code)
	if all == nil {
		return nil
	}
	if l, ok := all[tag]; ok {
		return l
	}
	full := Maximize(Parse(tag))
	lang, script, region := full.Language, full.Script, full.Region
	for _, try := range []string{lang + "-" + script + "-" + region, lang + "-" + region, lang + "-" + script, lang} {
		l, ok := all[try]
		if ok {
			return l
		}
	}
	return all[code]
}
