package newman

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"posthaste/reporters/report"
	"posthaste/runner/event"
)

// A junitReport writes newman's own JUnit report (newman: reporters/junit), for those who parse its texts: one
// suite an item with all iterations in it, tests and failures counted as newman counts them. It loses
// failures as newman does: a pass wipes out what the same name failed with before.
type junitReport struct {
	cfg     report.Config
	journal report.Journal
	order   []*junitSuite
	byItem  map[string]*junitSuite
}

// NewJUnit makes newman's JUnit report. It is held in memory until the end, since its first
// line has the sums.
func NewJUnit(cfg report.Config) report.Reporter { return &junitReport{cfg: cfg} }

// A junitSuite is what was seen of one item.
type junitSuite struct {
	item       event.Item
	executions []junitExecution
}

// A junitExecution is one entry of newman's run.executions. Times are in seconds, as in
// JUnit.
type junitExecution struct {
	iteration  int
	seconds    float64
	failed     *event.Error // the request's
	thrown     []event.ScriptFinished
	position   int // of the item in the run
	assertions []report.Assertion
}

// A junitCase is the cases of one name over all executions of an item.
type junitCase struct {
	name     string
	failures []report.Assertion
	position int // of the step of the first
}

// Report takes the next event.
func (r *junitReport) Report(masked event.Masked, s *event.Summary) error {
	e := masked.Event()
	for _, step := range r.journal.Add(e) {
		r.step(step)
	}
	if _, ok := e.(event.RunFinished); !ok {
		return nil
	}
	if _, err := io.WriteString(r.cfg.Out, r.document(s)); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

// step keeps what newman would have of a step: an execution a request, all with the same
// content. newman looks executions up by their id, which that of pm.sendRequest shares with
// none: then only the latest is left.
func (r *junitReport) step(s *report.Step) {
	n := len(s.Exchanges)
	if n == 0 {
		return
	}
	if r.byItem == nil {
		r.byItem = map[string]*junitSuite{}
	}
	suite := r.byItem[s.Item.ID]
	if suite == nil {
		suite = &junitSuite{item: s.Item}
		r.byItem[s.Item.ID] = suite
		r.order = append(r.order, suite)
	}
	x := merged(s.Exchanges)
	e := junitExecution{iteration: s.Iteration, failed: x.Error, thrown: s.Thrown, position: s.Position, assertions: s.Assertions}
	if x.Response != nil {
		e.seconds = report.WholeMS(x.Response.Timing.Total).Seconds()
	}
	if x.Source == event.FromScript {
		suite.executions = []junitExecution{e}
		return
	}
	for range n {
		suite.executions = append(suite.executions, e)
	}
}

// document writes newman's XML by hand: its spacing and its attributes are what scripts that
// read it expect. There is no line end after it.
func (r *junitReport) document(s *event.Summary) string {
	var b strings.Builder
	total := 0.0
	for _, suite := range r.order {
		for _, e := range suite.executions {
			total += e.seconds
		}
	}
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+`<testsuites name="%s" tests="%d" time="%.3f"`,
		attribute(r.journal.Run.Collection.Name), s.Tests.Total, total)
	if len(r.order) == 0 {
		return b.String() + "/>"
	}
	b.WriteString(">\n")
	for _, suite := range r.order {
		r.suite(&b, suite)
	}
	return b.String() + "</testsuites>"
}

// suite writes one request over all iterations; its time is the mean in seconds (newman:
// junit reporter). tests counts the assertions of the last execution only, as in newman.
func (r *junitReport) suite(b *strings.Builder, s *junitSuite) {
	cases, failures := s.cases()
	var errors int
	var sum float64
	var texts strings.Builder
	for _, e := range s.executions {
		sum += e.seconds
		errors += e.text(&texts)
	}
	last := s.executions[len(s.executions)-1]
	path := strings.Join(append(slices.Clip(s.item.Path), cmp.Or(s.item.Name, s.item.ID)), " / ")
	fmt.Fprintf(b, `  <testsuite name="%s" id="%s" timestamp="%s" tests="%d" failures="%d" errors="%d" time="%.3f"`,
		attribute(path), attribute(s.item.ID), r.journal.Run.Time.UTC().Format("2006-01-02T15:04:05.000Z"),
		len(last.assertions), failures, errors, sum/float64(len(s.executions)))
	if errors == 0 && len(cases) == 0 {
		b.WriteString("/>\n")
		return
	}
	b.WriteString(">\n")
	if errors > 0 {
		b.WriteString("    <system-err>" + cdata(texts.String()) + "</system-err>\n")
	}
	for _, c := range cases {
		r.testcase(b, c, path, last.seconds)
	}
	b.WriteString("  </testsuite>\n")
}

// cases gathers the assertions of all executions by their names, in the order in which the
// names came, and counts those that failed. Names that are masked to the same get a number:
// GitLab shows one case of a name.
func (s *junitSuite) cases() (cases []*junitCase, failures int) {
	type identity struct {
		name  string
		alike int64
	}
	byName, taken := map[identity]*junitCase{}, map[string]int{}
	for _, e := range s.executions {
		for _, a := range e.assertions {
			id := identity{a.Name, a.Alike}
			c := byName[id]
			if c == nil {
				c = &junitCase{name: a.Name}
				if taken[a.Name]++; taken[a.Name] > 1 {
					c.name = fmt.Sprintf("%s (%d)", a.Name, taken[a.Name])
				}
				byName[id] = c
				cases = append(cases, c)
			}
			// newman: a success takes back the failures before it.
			if a.Error == nil {
				c.failures = nil
				continue
			}
			failures++
			if len(c.failures) == 0 {
				c.position = e.position
			}
			c.failures = append(c.failures, a)
		}
	}
	slices.SortStableFunc(cases, func(a, b *junitCase) int { return cmp.Compare(a.rank(), b.rank()) })
	return cases, failures
}

// rank puts names that are whole numbers first, by their size: newman keeps the cases as keys
// of an object, and JavaScript lists those first.
func (c *junitCase) rank() uint64 {
	const keys = 1<<32 - 1 // larger ones are as any name
	n, err := strconv.ParseUint(c.name, 10, 64)
	if err != nil || n >= keys || strconv.FormatUint(n, 10) != c.name {
		return keys
	}
	return n
}

// text adds what went wrong beside the assertions, and returns how much that was. Nothing is
// written for an execution without errors.
func (e junitExecution) text(b *strings.Builder) int {
	if e.failed == nil && len(e.thrown) == 0 {
		return 0
	}
	errors := len(e.thrown)
	fmt.Fprintf(b, "Iteration: %d\n", e.iteration)
	if e.failed != nil {
		errors++
		fmt.Fprintf(b, "RequestError: %s: %s\n", e.failed.Name, e.failed.Message)
	}
	b.WriteString("\n---\n")
	for _, listen := range []string{event.PhaseTest, event.PhasePrerequest} {
		for _, t := range e.thrown {
			if t.Script.Listen == listen {
				fmt.Fprintf(b, "%sScriptError: %s\n---\n", listen, t.Error.Message)
			}
		}
	}
	return errors
}

// testcase writes one assertion over all iterations, which fails if it failed in any. seconds
// is the last execution's time, as newman has it.
func (r *junitReport) testcase(b *strings.Builder, c *junitCase, path string, seconds float64) {
	class := upperCamel(attribute(path))
	if class == "" {
		class = upperCamel(attribute(r.journal.Run.Collection.Name))
	}
	fmt.Fprintf(b, `    <testcase name="%s" time="%.3f" classname="%s"`, attribute(c.name), seconds, class)
	if len(c.failures) == 0 {
		b.WriteString("/>\n")
		return
	}
	first := c.failures[0]
	message := first.Error.Message
	if message == "" {
		message = c.name
	}
	fmt.Fprintf(b, ">\n      <failure type=\"AssertionFailure\" message=\"%s\">\n", attribute(message))
	stack := fmt.Sprintf("%s: %s\n   at Object.eval sandbox-script.js:%d:%d)",
		first.Error.Name, first.Error.Message, first.Index+1, c.position+1)
	for _, line := range []string{
		fmt.Sprintf("Failed %d times.", len(c.failures)),
		"Collection JSON ID: " + r.journal.Run.Collection.ID + ".",
		"Collection name: " + r.journal.Run.Collection.Name + ".",
		"Request name: " + path + ".", "Test description: " + c.name + ".",
		"Error message: " + message + ".", "Stacktrace: " + stack + ".",
	} {
		b.WriteString("        " + cdata(line) + "\n")
	}
	b.WriteString("      </failure>\n    </testcase>\n")
}

// cdata is a text as character data. Where newman's writer gives up, at control characters,
// they are left out. "]]>" is split over two sections.
func cdata(text string) string {
	return "<![CDATA[" + strings.ReplaceAll(report.Plain(text), "]]>", "]]]]><![CDATA[>") + "]]>"
}

// attribute is a text as newman's writer (xmlbuilder) escapes it in attributes; ">" stays.
func attribute(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\n", "&#xA;", "\t", "&#x9;").Replace(report.Plain(text))
}

// latin writes the letters of European languages that are no letter with an accent in ASCII,
// and drops apostrophes (newman: lodash's deburr).
func latin(text string) string {
	return strings.NewReplacer("'", "", "’", "", "Æ", "Ae", "æ", "ae", "Ø", "O", "ø", "o", "ß", "ss", "Ð", "D", "ð", "d",
		"Þ", "Th", "þ", "th", "Đ", "D", "đ", "d", "Ħ", "H", "ħ", "h", "ı", "i", "ĸ", "k", "Ł", "L", "ł", "l", "Œ", "Oe",
		"œ", "oe", "Ŧ", "T", "ŧ", "t", "ſ", "s", "Ŋ", "N", "ŋ", "n").Replace(text)
}

// upperCamel joins the words of a text, each with a capital. A word ends where letters become
// digits, where small letters become capital ones, and before the last of several capitals
// that small letters follow: "getURLFor 2users" becomes "GetUrlFor2Users" (newman: lodash's
// camelCase, then upperFirst).
func upperCamel(text string) string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, string(unicode.ToUpper(word[0]))+strings.ToLower(string(word[1:])))
		}
		word = nil
	}
	runes := []rune(norm.NFD.String(latin(text)))
	for i, c := range runes {
		if unicode.Is(unicode.Mn, c) {
			continue // newman takes accents off
		}
		if c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			end()
			continue
		}
		if len(word) > 0 {
			before := word[len(word)-1]
			follows := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if unicode.IsDigit(c) != unicode.IsDigit(before) ||
				unicode.IsUpper(c) && (unicode.IsLower(before) || unicode.IsUpper(before) && follows) {
				end()
			}
		}
		word = append(word, c)
	}
	end()
	return strings.Join(words, "")
}
