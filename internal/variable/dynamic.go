package variable

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"time"
)

// A Dynamic makes the values of Postman's dynamic variables, a new one at every use.
// The zero Dynamic takes its randomness from the system and knows no time; see NewDynamic.
type Dynamic struct {
	now  func() time.Time
	rand io.Reader
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
	switch name {
	case "$guid", "$randomUUID":
		return d.UUID(), true
	case "$timestamp":
		ms := d.now().UnixMilli()
		return strconv.FormatInt(int64(math.Round(float64(ms)/1000)), 10), true
	case "$isoTimestamp":
		return d.now().UTC().Format("2006-01-02T15:04:05.000Z"), true
	case "$randomInt":
		return strconv.Itoa(d.intn(1001)), true
	}
	return "", false
}

// UUID returns a random UUID of version 4 in lower case.
func (d *Dynamic) UUID() string {
	var b [16]byte
	d.read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// intn returns a number from 0 to n-1.
func (d *Dynamic) intn(n int) int {
	var b [8]byte
	d.read(b[:])
	return int(binary.BigEndian.Uint64(b[:]) % uint64(n))
}

// read fills b. The system's source does not fail, and a seeded one is endless; if a source ends all the
// same, what it did not fill stays zero, which no value of this package minds.
func (d *Dynamic) read(b []byte) {
	_, _ = io.ReadFull(d.rand, b)
}
