package golive

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
	"time"
)

// Formats lists the forms that a list is written in.
func Formats() []string { return []string{"markdown", "html", "json"} }

// simulatedWords stand on every page of a list that a simulator's evidence was counted in.
const simulatedWords = "SIMULATED: evidence of a simulator counts in this list. It proves nothing to Vipps MobilePay."

// Write writes the list in a format of Formats.
func (l *List) Write(w io.Writer, format string) error {
	switch format {
	case "json":
		return l.json(w)
	case "html":
		if err := page().Execute(w, l); err != nil {
			return fmt.Errorf("writing the checklist: %w", err)
		}
		return nil
	}
	_, err := io.WriteString(w, l.markdown())
	return err
}

// Words is what is said where a simulator's evidence counts, "" elsewhere.
func (l *List) Words() string {
	if l.Simulated {
		return simulatedWords
	}
	return ""
}

// State is how far the list is.
func (l *List) State() string {
	if n := l.Open(); n > 0 {
		return fmt.Sprintf("%d of %d rows are open", n, len(l.Filled))
	}
	return fmt.Sprintf("all %d rows that traffic shows are done", len(l.Filled))
}

// Says is a row's evidence in words, or what is missing.
func (r Row) Says() string {
	if r.Evidence == nil {
		return r.Missing + r.Note // one of the two
	}
	e := r.Evidence
	text := fmt.Sprintf("%s %s, %d, %s", e.Method, e.URL, e.Status, e.Time.UTC().Format(time.RFC3339))
	if e.Reference != "" {
		text += ", reference " + e.Reference
	}
	if e.Trace != "" {
		text += ", trace " + e.Trace
	}
	text += ", " + e.Recording
	if r.Missing != "" {
		text += ": " + r.Missing
	}
	return text
}

func (l *List) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: checklist before going live\n\n", l.Title)
	if l.Simulated {
		fmt.Fprintf(&b, "**%s**\n\n", simulatedWords)
	}
	fmt.Fprintf(&b, "%s. Source of the list: %s\n\n| done | what | evidence, or what is missing |\n| --- | --- | --- |\n", l.State(), l.Source)
	for _, r := range l.Filled {
		done := " "
		if r.Done {
			done = "x"
		}
		fmt.Fprintf(&b, "| [%s] | %s | %s |\n", done, cell(r.Text), cell(r.Says()))
	}
	b.WriteString("\n## For a person\n\nTraffic does not show these.\n\n| done | what | comment |\n| --- | --- | --- |\n")
	for _, p := range l.People {
		fmt.Fprintf(&b, "| [ ] | %s | |\n", cell(p.Text))
	}
	if l.Simulated {
		fmt.Fprintf(&b, "\n**%s**\n", simulatedWords)
	}
	return b.String()
}

// cell is a text in a cell of a table: nothing in it is taken for Markdown or HTML.
func cell(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < ' ':
			b.WriteByte(' ')
		case strings.ContainsRune("\\`*_[]<>|~", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '&':
			b.WriteString("&amp;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// json writes members whose names do not change.
func (l *List) json(w io.Writer) error {
	rows := make([]map[string]any, 0, len(l.Filled))
	for _, r := range l.Filled {
		row := map[string]any{"text": r.Text, "done": r.Done}
		if r.Missing != "" {
			row["missing"] = r.Missing
		}
		if r.Note != "" {
			row["note"] = r.Note
		}
		if e := r.Evidence; e != nil {
			row["evidence"] = map[string]any{
				"time": e.Time.UTC().Format(time.RFC3339), "method": e.Method, "url": e.URL, "status": e.Status, "reference": e.Reference, "trace": e.Trace, "recording": e.Recording,
			}
		}
		rows = append(rows, row)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	people := make([]string, 0, len(l.People))
	for _, p := range l.People {
		people = append(people, p.Text)
	}
	list := map[string]any{"product": l.Title, "source": l.Source, "open": l.Open(), "rows": rows, "people": people}
	if l.Simulated {
		list["simulated"] = simulatedWords
	}
	if err := enc.Encode(list); err != nil {
		return fmt.Errorf("writing the checklist: %w", err)
	}
	return nil
}

// page is the list as one page. Printed, the words about a simulator stand on each sheet.
//
//nolint:gochecknoglobals // a template that nobody changes
var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("list").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{{.Title}}: checklist before going live</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #bbb;padding:.4rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
.simulated{background:#fde68a;color:#000;padding:.5rem;font-weight:bold;position:sticky;top:0}@media print{.simulated{position:fixed;top:0;left:0;right:0}body{margin-top:4rem}}</style>
{{with .Words}}<p class="simulated">{{.}}</p>{{end}}
<h1>{{.Title}}: checklist before going live</h1>
<p>{{.State}}. Source of the list: {{.Source}}</p>
<table><tr><th>Done<th>What<th>Evidence, or what is missing</tr>
{{range .Filled}}<tr><td>{{if .Done}}yes{{else}}no{{end}}<td>{{.Text}}<td>{{.Says}}</tr>
{{end}}</table>
<h2>For a person</h2>
<p>Traffic does not show these.</p>
<table><tr><th>Done<th>What<th>Comment</tr>
{{range .People}}<tr><td><td>{{.Text}}<td></tr>
{{end}}</table>
</html>
`))
})
