package verify

import (
	"encoding/binary"
	"hash/maphash"
)

// An index finds entries in a text by the hash of their first bytes, in one pass over the
// text however many entries there are.
type index struct {
	seed    maphash.Seed
	long    map[uint64][]entry // of at least decoded bytes
	short   map[uint64][]entry // those below
	perhaps [1 << 10]uint64    // a bit for each first of long
	// Names by number, as entries have them.
	names []string
}

// newIndex makes an index of entries; names belongs to the Ledger, which adds to it.
func newIndex(seed maphash.Seed, list []entry, names []string) *index {
	x := &index{seed: seed, long: make(map[uint64][]entry, len(list)), short: map[uint64][]entry{}, names: names}
	for _, e := range list {
		x.add(e)
	}
	return x
}

// add files an entry under its first bytes. perhaps is a bit set of 16 bits of them: most
// places of a report are ruled out by it without a look into the map.
func (x *index) add(e entry) {
	if e.size < decoded {
		x.short[e.first] = append(x.short[e.first], e)
		return
	}
	x.long[e.first] = append(x.long[e.first], e)
	bit := e.first >> 48
	x.perhaps[bit/64] |= 1 << (bit % 64)
}

// first hashes the first bytes of a value: eight of them, or six of a shorter one, which must
// have as many.
func first(value string) uint64 {
	if len(value) >= decoded {
		return mix(binary.LittleEndian.Uint64([]byte(value[:decoded])))
	}
	return mix(six(value))
}

// six are the first six bytes as a number, little-endian; the compiler makes few loads of it.
func six(text string) uint64 {
	return uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 | uint64(text[4])<<32 | uint64(text[5])<<40
}

// eight are the first eight bytes as a number.
func eight(text string) uint64 { return six(text) | uint64(text[6])<<48 | uint64(text[7])<<56 }

// mix spreads the bits of a number, by multiplication with the golden ratio's fraction
// (Knuth, TAOCP 6.4).
func mix(n uint64) uint64 {
	const odd = 0x9e3779b97f4a7c15
	n *= odd
	n ^= n >> 29
	return n * odd
}

// has returns the name of the first secret that stands in text as it is, "" for none.
// alsoShort looks for those of six and seven bytes, too.
func (x *index) has(text string, alsoShort bool) string {
	for i := 0; i+decoded <= len(text); i++ {
		h := mix(eight(text[i:]))
		if bit := h >> 48; x.perhaps[bit/64]&(1<<(bit%64)) == 0 {
			continue
		}
		if name := x.match(x.long[h], text[i:]); name != "" {
			return name
		}
	}
	if alsoShort && len(x.short) > 0 {
		for i := 0; i+shortest <= len(text); i++ {
			if name := x.match(x.short[mix(six(text[i:]))], text[i:]); name != "" {
				return name
			}
		}
	}
	return ""
}

// match compares by a hash of the whole, since the index does not hold the secrets
// themselves.
func (x *index) match(list []entry, text string) string {
	for _, e := range list {
		if int(e.size) <= len(text) && maphash.String(x.seed, text[:e.size]) == e.full {
			if name := x.names[e.name]; name != "" {
				return name
			}
			return "a secret"
		}
	}
	return ""
}
