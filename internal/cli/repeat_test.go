package cli

import (
	"fmt"
	"strings"
	"testing"
)

// A failure that repeats over iterations is told once, with the list of where, and every report counts all of them.
func TestAFailureThatRepeatsIsToldOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rows := "amount\n"
	for i := range 12 {
		rows += fmt.Sprintln([]int{5, -1}[i%2])
	}
	write(t, dir, map[string]string{"shop.json": strings.ReplaceAll(shop, "SERVER", orders(t).URL), "rows.csv": rows})
	code, out, _ := runIn(t, dir, "run", "shop.json", "-d", "rows.csv", "-r", "github,azure,markdown,junit,html", "--reporter-html-export", "r.html", "--reporter-markdown-export", "r.md", "--reporter-junit-export", "r.xml")
	if code != 1 {
		t.Fatalf("the run ended with %d", code)
	}
	const places = "6 times (iterations 2, 4, 6, 8, 10, 12)"
	page := read(t, dir, "r.md")
	for name, c := range map[string]struct {
		text, sign string
	}{"github": {out, "::error "}, "azure": {out, "type=error;"}, "markdown": {page, "<summary>❌ "}} {
		if n := strings.Count(c.text, c.sign); n != 1 {
			t.Errorf("%s tells %d failures, want one:\n%s", name, n, c.text)
		}
		if !strings.Contains(strings.ReplaceAll(c.text, "%2C", ","), places) {
			t.Errorf("%s does not say %q:\n%s", name, places, c.text)
		}
	}
	if n := strings.Count(read(t, dir, "r.xml"), "<failure "); n != 12 {
		t.Errorf("JUnit has %d failures, want all 12", n)
	}
	if !strings.Contains(read(t, dir, "r.html"), "(iterations 2, 4, 6, 8, 10, 12)") {
		t.Error("the page does not say in which iterations the failure came")
	}
}
