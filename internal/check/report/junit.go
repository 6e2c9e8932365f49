package report

import (
	"cmp"
	"io"
	"strconv"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"
)

// WriteJUnit writes a report as JUnit XML: each line is a case. What is wrong is a failure, what could not be
// told an error.
func WriteJUnit(w io.Writer, r *Report) error {
	suite := junit.Testsuite{
		Name: "posthaste check: " + r.API + " " + r.Environment, File: r.File, Hostname: r.Host,
		Time: strconv.FormatFloat(r.Elapsed.Seconds(), 'f', 3, 64),
	}
	suite.SetTimestamp(r.Time.UTC())
	seen := map[string]int{}
	for _, l := range r.Lines {
		name := cmp.Or(l.Subject, l.Text)
		if seen[name]++; seen[name] > 1 {
			name += " (" + strconv.Itoa(seen[name]) + ")"
		}
		c := junit.Testcase{Name: name, Classname: r.API + " " + r.Environment, Time: "0"}
		result := &junit.Result{Message: l.Text}
		switch l.status {
		case Fail:
			result.Type, result.Data = "finding", strings.Join(r.paragraphs(), "\n")
			c.Failure = result
		case Unknown:
			result.Type, result.Data = "unknown", strings.Join(r.paragraphs(), "\n")
			c.Error = result
		case Skip:
			c.Skipped = result
		case OK, Warn:
			c.SystemOut = &junit.Output{Data: string(l.status) + ": " + l.Text}
		}
		suite.AddTestcase(c)
	}
	all := junit.Testsuites{Name: suite.Name, Time: suite.Time}
	all.AddSuite(suite)
	if _, err := io.WriteString(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"); err != nil {
		return err
	}
	return all.WriteXML(w)
}
