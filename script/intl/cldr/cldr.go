// Package cldr holds what is known of languages: names, patterns and rules from Unicode's CLDR, in the version of Node
// 20's ICU. tools/cldr writes the data. A language is unpacked when it is first asked for.
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

// A Locale is the data of one locale. What it does not say its parent does.
type Locale struct {
	// Tag is the locale's name, such as "nb" or "en-GB".
	Tag    string
	parent *Locale
	own    map[string]string
	gone   map[string]bool // of the parent's keys
}

// Get returns the text of a key; ok is false where the locale has none. tools/cldr says what the keys are.
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

// Text returns the text of a key, or "".
func (l *Locale) Text(key string) string {
	text, _ := l.Get(key)
	return text
}

// First returns the text of the first of the keys that there is.
func (l *Locale) First(keys ...string) string {
	for _, key := range keys {
		if text, ok := l.Get(key); ok {
			return text
		}
	}
	return ""
}

// List returns the texts that are kept under one key.
func (l *Locale) List(key string) []string {
	text, ok := l.Get(key)
	if !ok {
		return nil
	}
	return strings.Split(text, "|")
}

// Each calls fn for every key that begins with prefix, in no order.
func (l *Locale) Each(prefix string, fn func(key, text string)) {
	seen := map[string]bool{}
	for ; l != nil; l = l.parent {
		for key, text := range l.own {
			if strings.HasPrefix(key, prefix) && !seen[key] {
				seen[key] = true
				fn(key, text)
			}
		}
		for key := range l.gone {
			seen[key] = true
		}
	}
}

// languages keeps what was unpacked: by language, all its locales by tag.
//
//nolint:gochecknoglobals // a cache of data that never changes
var languages sync.Map

// language loads the data of a language when it is first asked for; two goroutines may do it at once, and one wins.
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

// parse reads the lines of a file: "=TAG<tab>PARENT" begins a locale, "-KEY" takes a key of the parent away.
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

// Find returns the data for a locale: its own, or that of the nearest locale above it. A region may mean a script, as
// TW does in zh-TW. nil means that the language is not carried.
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
