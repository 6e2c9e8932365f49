package redact

import (
	"cmp"
	"hash/maphash"
)

// remembered is the length in bytes of the shortest word that is looked up among fingerprints.
const remembered = 12

// fingerprints remember secrets that are no longer known in full. The zero value is empty.
type fingerprints struct {
	seed maphash.Seed
	set  hashes
	open func() (File, error)
	runs []*sortedFile
	most int   // in place of mostHashes, for tests
	err  error // the first of writing to a file
}

// A print is 64 bits of a hash, never 0.
type print = uint64

// mostHashes is how many fingerprints are kept in memory: 2 MB of them, in a table that is at most twice as large. A
// file of them takes a byte of memory each.
const mostHashes = 1 << 18

func (f *fingerprints) empty() bool { return f.set.count == 0 && len(f.runs) == 0 }

func (f *fingerprints) of(text string) print {
	return max(1, maphash.String(f.seed, text))
}

// add remembers value: as a whole, and its words as far as they look like no words of a language.
func (f *fingerprints) add(value string) {
	if f.seed == (maphash.Seed{}) {
		f.seed = maphash.MakeSeed()
	}
	f.put(f.of(value))
	for from, to := range words(value) {
		if one := value[from:to]; one != value && random(one) {
			f.put(f.of(one))
		}
	}
}

// put keeps fingerprints in memory up to a bound, and then as a sorted file. Where none can be written they stay in
// memory: a secret must not be forgotten for lack of disk.
func (f *fingerprints) put(p print) {
	f.set.add(p)
	if f.set.count < cmp.Or(f.most, mostHashes) || f.open == nil || f.err != nil {
		return
	}
	run, err := writeSorted(f.set.all(), f.open)
	if err != nil {
		f.err = err // they stay in memory then
		return
	}
	f.runs = append(f.runs, run)
	f.set = hashes{}
}

func (f *fingerprints) has(text string) bool {
	p := f.of(text)
	if f.set.has(p) {
		return true
	}
	for _, run := range f.runs {
		if run.has(p) {
			return true
		}
	}
	return false
}

// look adds the remembered words of text to spans, and text itself when it is a whole value that is remembered.
func (f *fingerprints) look(text string, whole bool, spans []span) []span {
	if f.empty() || len(text) < Short {
		return spans
	}
	if whole && f.has(text) {
		return append(spans, span{from: 0, to: len(text)})
	}
	for from, to := range words(text) {
		if f.has(text[from:to]) {
			spans = append(spans, span{from: from, to: to})
		}
	}
	return spans
}

// words yields the places of the words of text that are long enough to be looked up.
func words(text string) func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		from := 0
		for i := 0; i <= len(text); i++ {
			if i < len(text) && ofWord(text[i]) {
				continue
			}
			if i-from >= remembered && !yield(from, i) {
				return
			}
			from = i + 1
		}
	}
}

func ofWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c >= 0x80
}

// random reports whether a word has digits among letters, or capitals within.
func random(word string) bool {
	digit, letter, capital := false, false, false
	for i := range len(word) {
		switch c := word[i]; {
		case c >= '0' && c <= '9':
			digit = true
		case c >= 'A' && c <= 'Z':
			letter, capital = true, capital || i > 0
		case c >= 'a' && c <= 'z':
			letter = true
		}
	}
	return letter && (digit || capital)
}
