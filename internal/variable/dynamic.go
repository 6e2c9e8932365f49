package variable

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"io"
	"maps"
	"strings"
	"sync"
	"time"
)

// A Dynamic makes the values of Postman's dynamic variables, a new one at every use.
// The zero Dynamic takes its randomness from the system and knows no time; see NewDynamic.
type Dynamic struct {
	now    func() time.Time
	rand   io.Reader
	makers map[string]maker
	room   sync.Pool // of *[16]byte
}

// NewDynamic returns a source of dynamic values. A nil random source is the system's.
func NewDynamic(now func() time.Time, random io.Reader) *Dynamic {
	if random == nil {
		random = rand.Reader
	}
	return &Dynamic{now: now, rand: random}
}

// Value returns a fresh value of the dynamic variable, named with its "$".
func (d *Dynamic) Value(name string) (string, bool) {
	if name == "" || name[0] != '$' {
		return "", false
	}
	if d.makers == nil {
		d.makers = makers()
	}
	produce, ok := d.makers[name[1:]]
	if !ok {
		return "", false
	}
	return produce(d), true
}

// A maker makes one value of one dynamic variable.
type maker func(*Dynamic) string

// makers lists every dynamic variable of Postman by its name without the "$"
// (newman: postman-collection's dynamic-variables.js; docs/compatibility.md says where shapes differ).
func makers() map[string]maker {
	all := make(map[string]maker, 120)
	for _, group := range []map[string]maker{
		basics(), people(), places(), internet(), finance(), commerce(), prose(), files(), dates(), pictures(),
	} {
		maps.Copy(all, group)
	}
	return all
}

// UUID returns a random UUID of version 4 in lower case.
func (d *Dynamic) UUID() string {
	b, _ := d.room.Get().(*[16]byte)
	if b == nil {
		b = new([16]byte)
	}
	defer d.room.Put(b)
	d.read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	text := make([]byte, 0, 36)
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			text = append(text, '-')
		}
		text = hex.AppendEncode(text, part)
	}
	return string(text)
}

// intn returns a number from 0 to n-1.
func (d *Dynamic) intn(n int) int {
	var b [8]byte
	d.read(b[:])
	return int(binary.BigEndian.Uint64(b[:]) % uint64(n))
}

// between returns a number from low to high, both included.
func (d *Dynamic) between(low, high int) int { return low + d.intn(high-low+1) }

// pick returns one of the words of a list that is separated by blanks.
func (d *Dynamic) pick(words string) string { return d.oneOf(strings.Fields(words)) }

// phrase returns one entry of a list that is separated by "|".
func (d *Dynamic) phrase(list string) string { return d.oneOf(strings.Split(list, "|")) }

func (d *Dynamic) oneOf(list []string) string { return list[d.intn(len(list))] }

// chars returns n characters of an alphabet.
func (d *Dynamic) chars(n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[d.intn(len(alphabet))]
	}
	return string(b)
}

// list returns n values of a maker, put together.
func (d *Dynamic) list(n int, separator string, produce maker) string {
	parts := []string{}
	for range n {
		parts = append(parts, produce(d))
	}
	return strings.Join(parts, separator)
}

// read fills b. The system's source does not fail, and a seeded one is endless; if a source ends all the
// same, what it did not fill stays zero, which no value of this package minds.
func (d *Dynamic) read(b []byte) {
	_, _ = io.ReadFull(d.rand, b)
}
