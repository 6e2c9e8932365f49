package decode_test

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"posthaste/internal/secret/decode"
)

// views lists what Regions finds in text, with the places of its first and last byte.
func views(text string) (list []string) {
	decode.Regions(text, nil, false, func(v *decode.View) { list = append(list, v.Text) })
	return list
}

func readable(b byte) bool {
	return b >= ' ' && b < 0x7f || b == '\n' || b == '\r' || b == '\t' || b == 0
}

// worth reports whether data has eight readable bytes in a row, counted in the plainest way.
func worth(data []byte) bool {
	for i := 0; i+decode.Shortest <= len(data); i++ {
		if !slices.ContainsFunc(data[i:i+decode.Shortest], func(b byte) bool { return !readable(b) }) {
			return true
		}
	}
	return false
}

// Regions gives up early on most texts. It must not on one that holds something: each run of characters is decoded here
// by the standard library, at every alignment.
func TestNoRegionIsGivenUpThatIsWorthALook(t *testing.T) {
	t.Parallel()
	const rounds = 30_000
	r := rand.New(rand.NewPCG(11, 12))
	held := 0
	for range rounds {
		data := make([]byte, 6+r.IntN(90))
		for i := range data {
			data[i] = byte(r.IntN(256))
			if r.IntN(3) > 0 {
				data[i] = byte(' ' + r.IntN(95))
			}
		}
		for what, run := range map[string]string{"base64": base64.RawStdEncoding.EncodeToString(data), "hex": hex.EncodeToString(data)} {
			run = run[r.IntN(4):]
			got := views("(" + run + ")")
			for skip := range 4 {
				var decoded []byte
				var err error
				rest := run[min(skip, len(run)):]
				if what == "hex" {
					decoded, err = hex.DecodeString(rest[:len(rest)/2*2])
				} else {
					decoded, err = base64.RawStdEncoding.DecodeString(rest[:len(rest)/4*4])
				}
				if err != nil {
					t.Fatal(err)
				}
				if what == "hex" && skip > 1 || !worth(decoded) {
					continue
				}
				held++
				if !slices.ContainsFunc(got, func(v string) bool { return strings.HasPrefix(v, string(decoded)) }) {
					t.Fatalf("%s %q from %d on is %q, and Regions gives %q", what, run, skip, decoded, got)
				}
			}
		}
	}
	if held < rounds/2 {
		t.Errorf("%d regions were searched: too few to say anything", held)
	}
}

// A list of numbers of any length comes out whole, with the places that it stands at.
func TestAListOfNumbersKeepsItsPlaces(t *testing.T) {
	t.Parallel()
	for _, length := range []int{8, 47, 48, 49, 96, 97, 500} {
		var parts []string
		var want strings.Builder
		for i := range length {
			c := byte('A' + i%26)
			want.WriteByte(c)
			parts = append(parts, strconv.Itoa(int(c)))
		}
		text := "[" + strings.Join(parts, ",") + "] then [1,2]"
		found := false
		decode.Regions(text, nil, false, func(v *decode.View) {
			at := strings.Index(v.Text, want.String())
			if at < 0 {
				return
			}
			from, to := v.Span(at, at+length)
			found = found || text[from:to] == strings.Join(parts, ",")
		})
		if !found {
			t.Errorf("a list of %d numbers is not found at its place", length)
		}
	}
}
