package confirm

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A row is one line of the table in docs/compatibility.md: a statement about newman, the cases that hold us to it,
// and whether we do the same.
type row struct {
	id    string // section, number of the statement within it, a word: 4.3-7-duplicates
	what  string
	cases []string
	state string
}

// readRows reads the table between its heading and the next.
func readRows(t *testing.T) []row {
	t.Helper()
	_, section, ok := strings.Cut(readText(t, filepath.Join("..", "..", "docs", "compatibility.md")), "\n## Row by row\n")
	if !ok {
		t.Fatal("docs/compatibility.md has no section Row by row")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var rows []row
	for line := range strings.Lines(section) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		id := strings.Trim(strings.TrimSpace(cells[0]), "`")
		if len(cells) != 4 || !regexp.MustCompile(`^\d`).MatchString(id) {
			continue
		}
		r := row{id: id, what: strings.TrimSpace(cells[1]), state: strings.TrimSpace(cells[3])}
		for _, name := range strings.Fields(cells[2]) {
			r.cases = append(r.cases, strings.Trim(name, "`,"))
		}
		rows = append(rows, r)
	}
	return rows
}

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

func TestEveryRowHasACaseAndEveryCaseARow(t *testing.T) {
	cases := map[string]bool{} // whether a row names it
	for _, c := range readCases(t) {
		cases[strings.TrimPrefix(c.ID, "confirm/")] = false
	}
	known := readDifferences(t)
	ids := map[string]bool{}
	for _, r := range readRows(t) {
		if ids[r.id] {
			t.Errorf("row %s stands there twice", r.id)
		}
		ids[r.id] = true
		if len(r.cases) == 0 {
			t.Errorf("row %s has no case", r.id)
		}
		differs, open := false, ""
		for _, name := range r.cases {
			if _, ok := cases[name]; !ok {
				t.Errorf("row %s: there is no case %s", r.id, name)
			}
			cases[name] = true
			differs = differs || known.listed("confirm/"+name)
			open = max(open, known.open("confirm/"+name))
		}
		state, why, _ := strings.Cut(r.state, ": ")
		switch {
		case !slices.Contains([]string{"same", "different on purpose", "gap"}, state):
			t.Errorf("row %s: state %q", r.id, r.state)
		case state != "same" && why == "":
			t.Errorf("row %s: %s, and why?", r.id, state)
		case open != "" && state != "gap":
			t.Errorf("row %s is said to be %s, but differences.json has an open entry for one of its cases: %s", r.id, state, open)
		case state == "same" && differs && why == "":
			t.Errorf("row %s is said to be the same, but differences.json lists one of its cases", r.id)
		}
	}
	for name, named := range cases {
		if !named {
			t.Errorf("case %s stands in no row", name)
		}
	}
}

// TestEveryStatementHasARow counts the statements of the description of newman that the project was built to, where
// that is there: every paragraph, list entry and table row of its sections 1 to 5 and 7.
func TestEveryStatementHasARow(t *testing.T) {
	file := filepath.Join("..", "..", "..", "shared", "spec", "newman-behaviour.md")
	if _, err := os.Stat(file); err != nil {
		t.Skip("skipped: ../shared (the description of newman is not there)")
	}
	rows := map[string]bool{}
	for _, r := range readRows(t) {
		section, rest, _ := strings.Cut(r.id, "-")
		number, _, _ := strings.Cut(rest, "-")
		rows[section+"-"+number] = true
	}
	for _, id := range statements(readText(t, file)) {
		if !rows[id] {
			t.Errorf("statement %s of %s has no row", id, file)
		}
	}
}

// statements numbers what sections 1 to 5 and 7 say: "4.3-7" is the seventh statement of section 4.3.
func statements(text string) (ids []string) {
	heading := regexp.MustCompile(`^#{2,3} (\d+(?:\.\d+)?)\.? `)
	entry := regexp.MustCompile(`^\s*(- |\d+\. )`)
	section, number, inParagraph, inCode := "", 0, false, false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		switch m := heading.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "```"):
			inCode, inParagraph = !inCode, false
		case inCode:
		case strings.HasPrefix(line, "#"):
			section, number, inParagraph = "", 0, false
			if m != nil && strings.Contains("123457", m[1][:1]) {
				section = m[1]
			}
		case section == "" || line == "" || strings.HasPrefix(line, "---"):
			inParagraph = false
		case regexp.MustCompile(`^\|[-| :]+\|$`).MatchString(line):
			number-- // the line above was the table's head
			ids = ids[:len(ids)-1]
		case !inParagraph || strings.HasPrefix(line, "|") || entry.MatchString(line):
			number++
			ids = append(ids, section+"-"+strconv.Itoa(number))
			inParagraph = true
		}
	}
	return ids
}
