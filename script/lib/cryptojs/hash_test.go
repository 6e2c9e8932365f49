package cryptojs

import (
	"encoding/hex"
	"strings"
	"testing"
)

// The vectors are those of the RIPEMD-160 paper and of the Keccak submission.
func TestOwnHashes(t *testing.T) {
	tests := map[string]struct {
		hash string
		bits int
		give string
		want string
	}{
		"ripemd160 of nothing":   {"RIPEMD160", 0, "", "9c1185a5c5e9fc54612808977ee8f548b2258d31"},
		"ripemd160 of abc":       {"RIPEMD160", 0, "abc", "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"},
		"ripemd160 of 80 digits": {"RIPEMD160", 0, strings.Repeat("1234567890", 8), "9b752e45573d4b39f4dbd3323cab82bf63326bfb"},
		"keccak 256 of nothing":  {"SHA3", 256, "", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"},
		"keccak 224 of nothing":  {"SHA3", 224, "", "f71837502ba8e10837bdd8d365adb85591895602fc552b48b7390abd"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			for _, a := range algorithms() {
				if a.name != test.hash {
					continue
				}
				h := a.make(test.bits)
				for i := range test.give { // a byte at a time, to cross block borders
					_, _ = h.Write([]byte{test.give[i]})
				}
				if got := hex.EncodeToString(h.Sum(nil)); got != test.want {
					t.Errorf("got %s, want %s", got, test.want)
				}
			}
		})
	}
}
