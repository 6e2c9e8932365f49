package terminal

import (
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
