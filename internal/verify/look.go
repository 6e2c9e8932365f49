package verify

import "hash/maphash"

// deepest is how many encodings around each other are undone.
const deepest = 4

// look returns the name of the first secret that stands in a value, in whatever encoding, ""
// for none.
func (x *index) look(value string) string {
	if len(value) < shortest {
		return ""
	}
	if name := x.has(value, true); name != "" {
		return name
	}
	// Decoding may make much of little; this room suffices for all encodings that a report
	// has.
	s := &work{index: x, seen: map[uint64]bool{}, room: 1<<20 + 256*len(value)}
	return s.follow(value, deepest, true)
}

// work is the decoding of one value: each text once, and no more of them than there is room
// for.
type work struct {
	*index

	seen map[uint64]bool
	room int // bytes
}

// follow decodes text in every way that is worth it, and looks through what comes out.
// escapes says that the text is the value itself but for escapes, in which shorter secrets
// are looked for too.
func (w *work) follow(text string, deep int, escapes bool) string {
	if deep == 0 || len(text) < decoded {
		return ""
	}
	for _, d := range decoders() {
		for _, plain := range d.undo(text) {
			key := maphash.String(w.seed, plain)
			if len(plain) < shortest || plain == text || w.seen[key] {
				continue
			}
			w.seen[key] = true
			w.room -= len(plain)
			if w.room < 0 {
				return ""
			}
			if name := w.has(plain, escapes && d.escape); name != "" {
				return name
			}
			if !readable(plain) {
				continue
			}
			if name := w.follow(plain, deep-1, escapes && d.escape); name != "" {
				return name
			}
		}
	}
	return ""
}

// readable reports whether a text has eight characters of ASCII in a row: a value, or one
// more encoding. Others are noise, and not decoded again.
func readable(text string) bool {
	n := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != 0 || c > '~' {
			n = 0
			continue
		}
		if n++; n == decoded {
			return true
		}
	}
	return false
}
