package report

import (
	"fmt"
	"io"
	"strings"
)

// WriteGitHub writes the text report and then an annotation for each finding, on the file's line where it has one.
func WriteGitHub(w io.Writer, r *Report, style Style) error {
	var b strings.Builder
	if err := WriteText(&b, r, Style{Unicode: true, Verbose: style.Verbose}); err != nil {
		return err
	}
	text := strings.ReplaceAll(b.String(), "::", ": :") // no line of the report is a command
	b.Reset()
	b.WriteString(text)
	for _, l := range r.Lines {
		command := map[Status]string{Fail: "error", Unknown: "warning", Warn: "warning"}[l.status]
		if command == "" {
			continue
		}
		place := ""
		if r.File != "" && l.Line > 0 {
			place = fmt.Sprintf("file=%s,line=%d,", property(r.File), l.Line)
		}
		body := l.Text
		if l.status != Warn {
			body += "\n" + strings.Join(r.paragraphs(), "\n")
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

// WriteSummary writes a report as Markdown, for the summary page of a job.
func WriteSummary(w io.Writer, r *Report) error {
	var b strings.Builder
	sign := map[Outcome]string{AllRight: ":white_check_mark:", Finding: ":x:", CannotSay: ":grey_question:"}[r.Outcome]
	fmt.Fprintf(&b, "## %s %s %s\n\n**%s**\n", sign, markdown(r.API), markdown(r.Environment), markdown(r.Verdict))
	for _, text := range r.paragraphs()[1:] {
		if do, ok := strings.CutPrefix(text, "Do this: "); ok {
			fmt.Fprintf(&b, "\n**Do this:** %s\n", markdown(do))
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", markdown(text))
	}
	b.WriteString("\n| | what | |\n| --- | --- | --- |\n")
	for _, l := range r.Lines {
		word, _ := l.status.shown()
		fmt.Fprintf(&b, "| %s | %s | %s |\n", word, markdown(l.Subject), markdown(l.Text))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdown is text that no sign of Markdown or HTML changes.
func markdown(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < ' ':
			b.WriteByte(' ')
			continue
		case strings.ContainsRune("\\`*_{}[]<>|#&~@", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
