package terminal

import (
	"slices"
	"strings"
	"testing"
)

// Wherever the caret points and however narrow the screen is, the same sign stands above it, and the line fits.
func TestTheCaretStaysBelowItsSign(t *testing.T) {
	t.Parallel()
	for _, source := range []string{
		"    pm.test('are as they were', () => pm.expect(pm.response.json().deep.path.of.it).to.eql(known));",
		"    " + strings.Repeat("æ", 50) + "X" + strings.Repeat("ø", 70),
		"    short",
	} {
		line := []rune(source)
		for at := 4; at < len(line); at++ {
			for _, width := range []int{20, 40, 75, 200} {
				got, caret := window(source, strings.Repeat(" ", at)+"^", width)
				shown, below := []rune(got), len([]rune(caret))-1
				if len(shown) > max(width, 0) && len(line) > width {
					t.Fatalf("%q is %d columns wide on %d", got, len(shown), width)
				}
				if below >= len(shown) || shown[below] != line[at] {
					t.Fatalf("on %d columns the caret of sign %d (%q) stands at %d below %q", width, at, line[at], below, got)
				}
				if !isCaret(caret) {
					t.Fatalf("%q is no caret", caret)
				}
			}
		}
	}
}

func TestABodyIsCutWhereItIsTooWide(t *testing.T) {
	for _, test := range []struct {
		name, line string
		want       []string
	}{
		{"behind the last comma that fits", `{"a":1,"b":2,"c":3}`, []string{`{"a":1,`, `"b":2,`, `"c":3}`}},
		{"anywhere without a comma", `["abcdefghijkl"]`, []string{`["abcdefgh`, `ijkl"]`}},
		{"by columns and not by bytes", `["ææææææææææ"]`, []string{`["ææææææææ`, `ææ"]`}},
		{"before a wide sign", `["漢漢漢漢漢漢"]`, []string{`["漢漢漢漢`, `漢漢"]`}},
		{"not text that is not JSON", `https://example.com/a/long/address`, []string{`https://example.com/a/long/address`}},
		{"not what fits", `{"a":1}`, []string{`{"a":1}`}},
		{"a body that is not UTF-8", "[\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff]", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := bodyLines(test.line, 10)
			if test.want != nil && !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if strings.Join(got, "") != test.line {
				t.Errorf("%q lost text: %q", test.line, got)
			}
		})
	}
}
