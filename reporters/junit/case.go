package junit

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jstemmer/go-junit-report/v2/junit"

	"posthaste/internal/unique"
	"posthaste/reporters/report"
)

// The elements of the dialect: go-junit-report's, and what it lacks. A field here hides the embedded one of
// the same element or attribute.
type (
	junitRoot struct {
		XMLName xml.Name `xml:"testsuites"`
		junit.Testsuites
		Tests     int    `xml:"tests,attr"` // also when it is 0
		Failures  int    `xml:"failures,attr"`
		Errors    int    `xml:"errors,attr"`
		Skipped   *int   `xml:"skipped,attr"` // nil in the strict layout
		Timestamp string `xml:"timestamp,attr,omitempty"`
	}
	junitSuite struct {
		XMLName xml.Name `xml:"testsuite"`
		junit.Testsuite
		ID      string      `xml:"id,attr,omitempty"`
		Skipped int         `xml:"skipped,attr"`
		Cases   []junitCase `xml:"testcase"`

		started time.Time
		elapsed time.Duration
	}
	junitCase struct {
		junit.Testcase
		File  string       `xml:"file,attr,omitempty"`
		Line  int          `xml:"line,attr,omitempty"` // of the request in its file
		Flaky []junitRerun `xml:"flakyFailure"`        // of a case that passed in the end
		Rerun []junitRerun `xml:"rerunFailure"`        // of one that did not
	}
	// junitRerun is a failure of an attempt that was tried again, as Jenkins and others read it from Surefire.
	junitRerun struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Stack   string `xml:"stackTrace"`
	}
)

// count takes a case into the suite's counts.
func (g *junitSuite) count(c junitCase) {
	g.Tests++
	switch {
	case c.Failure != nil:
		g.Failures++
	case c.Error != nil:
		g.Errors++
	case c.Skipped != nil:
		g.Skipped++
	}
}

// newCase is the case of one outcome.
func (r *junitReport) newCase(s *report.Step, o report.Outcome) junitCase {
	run := r.journal.Run
	segments := []string{segment(run.Collection.Name)}
	for _, name := range s.Item.FullPath() {
		segments = append(segments, segment(name))
	}
	c := junitCase{File: s.Item.File, Line: s.Item.Line}
	c.Classname = strings.Join(segments, ".")
	name := named(report.Clip(o.Name, 1000))
	c.Name = r.names.unique(s.Iteration, c.Classname, name+s.Label(run))
	c.Time = report.Seconds(0)
	before := reruns(s, o.Name)
	if o.Status == report.Failed || o.Status == report.Errored {
		c.Rerun = before
	} else {
		c.Flaky = before
	}
	if r.cfg.SkipConsequences && o.Follow != nil && !o.Follow.Needed {
		c.Skipped = &junit.Result{Message: result(o).Message}
		return c
	}
	switch o.Status {
	case report.Skipped:
		c.Skipped = &junit.Result{Message: o.Reason}
	case report.Failed:
		c.Failure = result(o)
	case report.Errored:
		c.Error = result(o)
	case report.Passed:
	}
	return c
}

// reruns lists what an outcome of that name came to in earlier attempts, where it failed.
func reruns(s *report.Step, name string) []junitRerun {
	var list []junitRerun
	for _, o := range s.FailedBefore(name) {
		r := result(o)
		list = append(list, junitRerun{r.Message, r.Type, r.Data})
	}
	return list
}

// lostReruns are failures of earlier attempts that no outcome of the last attempt stands for, such as a request without
// a response that was answered when it was tried again. The step's first case carries them.
func lostReruns(s *report.Step, outcomes []report.Outcome) []junitRerun {
	var list []junitRerun
	names := map[string]bool{}
	for _, o := range outcomes {
		names[o.Name] = true
	}
	for _, earlier := range s.Earlier {
		for _, o := range earlier.Outcomes() {
			if o.Error != nil && !names[o.Name] {
				names[o.Name] = true
				list = append(list, reruns(s, o.Name)...)
			}
		}
	}
	return list
}

// systemOut is what a step printed and the files that were kept of it, in the form that GitLab and Azure attach.
func systemOut(s *report.Step) *junit.Output {
	var b strings.Builder
	for _, file := range s.Files {
		b.WriteString("[[ATTACHMENT|" + report.OneLine(file) + "]]\n")
	}
	for _, c := range s.Console {
		if b.Len() > report.MaxText {
			break
		}
		b.WriteString(c.Level + ": " + report.Plain(strings.Join(c.Args, ", ")) + "\n")
	}
	if b.Len() == 0 {
		return nil
	}
	return &junit.Output{Data: report.Clip(b.String(), report.MaxText)}
}

// result words a failure. The type is the error's code or name, by which CI systems group.
func result(o report.Outcome) *junit.Result {
	kind := cmp.Or(o.Error.Code, o.Error.Name)
	switch {
	case kind != "":
	case o.Script.Listen != "":
		kind = "ScriptError"
	default:
		kind = "Error"
	}
	message := report.OneLine(report.Clip(report.ErrorText(o.Error), 1000))
	if message == "" {
		message = report.OneLine(o.Name)
	}
	if o.Follow != nil {
		message = report.OneLine(report.Clip(o.Follow.Text(), 500)) + ": " + message
	}
	return &junit.Result{Type: report.Plain(kind), Message: message, Data: report.Clip(o.Explain(), report.MaxText)}
}

// segment is a name as part of a classname. Jenkins and others take what stands before the last dot for a
// package, so a name's own dots become middle dots.
func segment(name string) string {
	return strings.ReplaceAll(named(name), ".", "·")
}

// named is a name as part of a line. A suite without one makes GitHub's test reporter refuse the file.
func named(name string) string { return cmp.Or(report.OneLine(name), "(no name)") }

// caseNames counts names, by iteration and class. GitLab drops the second of two cases with one name.
type caseNames map[int]unique.Names

// unique returns name, with a number after it if the class has used it.
func (n caseNames) unique(iteration int, class, name string) string {
	if n[iteration] == nil {
		n[iteration] = unique.Names{}
	}
	return strings.TrimPrefix(n[iteration].Next(class+"\x00"+name), class+"\x00")
}

func (n caseNames) forget(iteration int) { delete(n, iteration) }

// writeXML writes an element and a line break after it, indented.
func writeXML(w io.Writer, element any, indent string) error {
	enc := xml.NewEncoder(w)
	enc.Indent(indent, "  ")
	if err := enc.Encode(element); err != nil {
		return fmt.Errorf("writing XML: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// enclosing is the start of an element, with the children that it has, and its end tag.
func enclosing(element any, indent string) (head, tail string, err error) {
	var b bytes.Buffer
	enc := xml.NewEncoder(&b)
	enc.Indent(indent, "  ")
	if err := enc.Encode(element); err != nil {
		return "", "", fmt.Errorf("writing XML: %w", err)
	}
	at := strings.LastIndex(b.String(), "</")
	return strings.TrimSpace(b.String()[:at]), b.String()[at:], nil
}
