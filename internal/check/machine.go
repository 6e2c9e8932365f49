package check

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"
)

// WriteJSON writes a report as one JSON object. docs/check.md lists its keys.
func WriteJSON(w io.Writer, r *Report) error {
	type line struct {
		Status  Status `json:"status"`
		Subject string `json:"subject,omitempty"`
		Text    string `json:"text"`
		Line    int    `json:"line,omitempty"`
	}
	lines := []line{}
	var skipped []string
	for _, l := range r.Lines {
		lines = append(lines, line(l))
		if l.Status == Skip || l.Status == Unknown {
			skipped = append(skipped, l.Subject)
		}
	}
	support := map[string]string{}
	for _, f := range r.Support {
		support[f.Name] = f.Value
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		API         string            `json:"api"`
		Environment string            `json:"environment"`
		Host        string            `json:"host"`
		File        string            `json:"file,omitempty"`
		Offline     bool              `json:"offline"`
		Outcome     Outcome           `json:"outcome"`
		Verdict     string            `json:"verdict"`
		Why         string            `json:"why,omitempty"`
		Advice      string            `json:"doThis,omitempty"`
		Lines       []line            `json:"checks"`
		NotJudged   []string          `json:"notJudged"`
		Rules       []string          `json:"rules"`
		Support     map[string]string `json:"support"`
	}{
		r.API, r.Environment, r.Host, r.File, r.Offline, r.Outcome, r.Verdict, r.Why, r.Advice, lines,
		nonNil(skipped), nonNil(r.Rules), support,
	})
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

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
		name := choose(l.Subject == "", l.Text, l.Subject)
		if seen[name]++; seen[name] > 1 {
			name += " (" + strconv.Itoa(seen[name]) + ")"
		}
		c := junit.Testcase{Name: name, Classname: r.API + " " + r.Environment, Time: "0"}
		result := &junit.Result{Message: l.Text}
		switch l.Status {
		case Fail:
			result.Type, result.Data = "finding", r.explained()
			c.Failure = result
		case Unknown:
			result.Type, result.Data = "unknown", r.explained()
			c.Error = result
		case Skip:
			c.Skipped = result
		case OK, Warn:
			c.SystemOut = &junit.Output{Data: string(l.Status) + ": " + l.Text}
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

// explained is the verdict and what to do, as one text.
func (r *Report) explained() string {
	var parts []string
	for _, text := range []string{r.Verdict, r.Why} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	if r.Advice != "" {
		parts = append(parts, "Do this: "+r.Advice)
	}
	return strings.Join(parts, "\n")
}

// WriteGitHub writes the text report and then an annotation for each finding, on the file's line where it has one.
func WriteGitHub(w io.Writer, r *Report) error {
	var b strings.Builder
	if err := WriteText(&b, r, Style{Unicode: true}); err != nil {
		return err
	}
	text := strings.ReplaceAll(b.String(), "::", ": :") // no line of the report is a command
	b.Reset()
	b.WriteString(text)
	for _, l := range r.Lines {
		command := map[Status]string{Fail: "error", Unknown: "warning", Warn: "warning"}[l.Status]
		if command == "" {
			continue
		}
		place := ""
		if r.File != "" && l.Line > 0 {
			place = fmt.Sprintf("file=%s,line=%d,", property(r.File), l.Line)
		}
		body := l.Text
		if l.Status != Warn {
			body += "\n" + r.explained()
		}
		fmt.Fprintf(&b, "::%s %stitle=%s::%s\n", command, place, property(l.Subject), message(body))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func message(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(message(text))
}
