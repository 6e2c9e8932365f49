package planted_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"posthaste/internal/junittest"
)

// outcomes reads each report as its own format is read and returns what it tells: the same text for two reports that
// differ in texts, times and sizes only. They are written after the formats' rules, not after the reporters.
func outcomes() map[string]func(data []byte) (string, error) {
	return map[string]func([]byte) (string, error){
		"json": jsonOutcome, "har": jsonOutcome, "ctrf": jsonOutcome, "events": jsonOutcome, "html": htmlOutcome, "junit": junitOutcome, "csv": csvOutcome,
		"tap": tapOutcome, "markdown": markdownOutcome, "teamcity": teamcityOutcome, "github": githubOutcome, "gitlab": gitlabOutcome, "azure": azureOutcome,
		"cli": terminalOutcome, "progress": terminalOutcome, "emojitrain": terminalOutcome,
	}
}

// jsonOutcome takes one value or many, as NDJSON has them.
func jsonOutcome(data []byte) (string, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	var out strings.Builder
	for {
		var v any
		if err := d.Decode(&v); errors.Is(err, io.EOF) {
			return out.String(), nil
		} else if err != nil {
			return "", err
		}
		shape(&out, "", v)
		out.WriteByte('\n')
	}
}

// telling are the members whose texts are the outcome.
const telling = " kind status rawStatus verdict result event listen outcome type level code responseCode failed passed skipped pending other total tests executed "

// shape writes the keys and the kinds of values, and those values that tell the outcome.
func shape(out *strings.Builder, key string, v any) {
	if key == "url" { // its parts follow from its text
		out.WriteByte('s')
		return
	}
	switch v := v.(type) {
	case map[string]any:
		out.WriteByte('{')
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if list, ok := v[key].([]any); key == "timing" || key == "alike" || ok && len(list) == 0 {
				continue // an empty list is as good as none
			}
			out.WriteString(key + ":")
			shape(out, key, v[key])
			out.WriteByte(' ')
		}
		out.WriteByte('}')
	case []any:
		out.WriteByte('[')
		for _, inner := range v {
			if _, ok := inner.(float64); ok {
				out.WriteString("numbers")
				break
			}
			shape(out, key, inner)
			out.WriteByte(',')
		}
		out.WriteByte(']')
	case string:
		if strings.Contains(telling, " "+key+" ") {
			out.WriteString(v)
			return
		}
		out.WriteByte('s')
	default:
		if strings.Contains(telling, " "+key+" ") {
			fmt.Fprint(out, v)
			return
		}
		fmt.Fprintf(out, "%T", v)
	}
}

var scriptOfPage = regexp.MustCompile(`(?s)<script type="application/json" id="([^"]*)">(.*?)</script>`)

// htmlOutcome reads the data of the page, and its elements: a text that ends one would change their number.
func htmlOutcome(data []byte) (string, error) {
	var out strings.Builder
	for _, m := range scriptOfPage.FindAllSubmatch(data, -1) {
		inner, err := jsonOutcome(m[2])
		if err != nil {
			return "", fmt.Errorf("data %s: %w", m[1], err)
		}
		fmt.Fprintf(&out, "%s %s", m[1], inner)
	}
	page := scriptOfPage.ReplaceAll(data, nil)
	for _, tag := range []string{"<script", "</script", "<section", "<style", "<body", "</body", "</html"} {
		fmt.Fprintf(&out, "%s %d\n", tag, bytes.Count(page, []byte(tag)))
	}
	if !bytes.Contains(page, []byte("</html>")) {
		return "", errors.New("the page has no end")
	}
	return out.String(), nil
}

func junitOutcome(data []byte) (string, error) {
	root, err := junittest.Parse(data)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for _, system := range slices.Sorted(maps.Keys(junittest.Views())) {
		fmt.Fprintf(&out, "%s shows %d failures\n", system, len(junittest.Views()[system](root)))
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
		if e, ok := token.(xml.StartElement); ok {
			out.WriteString(e.Name.Local)
			for _, a := range e.Attr {
				out.WriteString(" " + a.Name.Local)
				if slices.Contains([]string{"tests", "failures", "errors", "skipped", "type"}, a.Name.Local) {
					out.WriteString("=" + a.Value)
				}
			}
			out.WriteByte('\n')
		}
	}
}

func csvOutcome(data []byte) (string, error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll() // it refuses rows of different lengths
	if err != nil || len(rows) == 0 {
		return "", fmt.Errorf("%d rows: %w", len(rows), err)
	}
	var out strings.Builder
	for _, row := range rows[1:] {
		for i, title := range rows[0] {
			switch title {
			case "iteration", "method", "code":
				fmt.Fprintf(&out, "%s=%s ", title, row[i])
			case "executed", "failed", "skipped":
				fmt.Fprintf(&out, "%s: %v ", title, row[i] != "")
			}
		}
		out.WriteByte('\n')
	}
	return strings.Join(rows[0], ",") + "\n" + out.String(), nil
}

var tapLine = regexp.MustCompile(`^(ok|not ok) (\d+) - (.*?)( # (SKIP|TODO)\b.*)?$`)

func tapOutcome(data []byte) (string, error) {
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if lines[0] != "TAP version 14" {
		return "", fmt.Errorf("it begins with %q", lines[0])
	}
	var out strings.Builder
	n, inside := 0, false
	for _, line := range lines[1:] {
		switch {
		case line == "  ---" && !inside:
			inside = true
		case line == "  ..." && inside:
			inside = false
		case inside:
			if !strings.HasPrefix(line, "  ") {
				return "", fmt.Errorf("%q stands in a block of YAML", line)
			}
			key, _, _ := strings.Cut(strings.TrimSpace(line), ":")
			out.WriteString(" " + key)
		case strings.HasPrefix(line, "1.."):
			if line != fmt.Sprintf("1..%d", n) {
				return "", fmt.Errorf("the plan is %s, points are %d", line, n)
			}
			out.WriteString("\n" + line)
		case strings.HasPrefix(line, "#"):
			out.WriteString("\n#")
		default:
			m := tapLine.FindStringSubmatch(line)
			n++
			if m == nil || m[2] != fmt.Sprint(n) {
				return "", fmt.Errorf("%q is no point %d", line, n)
			}
			fmt.Fprintf(&out, "\n%s %s", m[1], m[5])
		}
	}
	return out.String(), nil
}

// markdownOutcome reads blocks: fences, headings, rows of tables and what is HTML. In a fence nothing else counts.
func markdownOutcome(data []byte) (string, error) {
	var out strings.Builder
	fence := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\n")
		ticks := line[:len(line)-len(strings.TrimLeft(line, "`"))]
		switch {
		case fence != "":
			if len(ticks) >= len(fence) && strings.Trim(line, "`") == "" {
				fence = ""
				out.WriteString("end of fence\n")
			}
		case len(ticks) >= 3:
			fence = ticks
			out.WriteString("fence\n")
		case strings.HasPrefix(line, "#"):
			out.WriteString(strings.Fields(line)[0] + " heading " + fmt.Sprint(strings.Contains(line, "❌")) + "\n")
		case strings.HasPrefix(line, "|"):
			bare := strings.ReplaceAll(strings.ReplaceAll(line, `\\`, ""), `\|`, "")
			fmt.Fprintf(&out, "row of %d", strings.Count(bare, "|")-1)
			for _, cell := range strings.Split(bare, "|") {
				if cell = strings.TrimSpace(cell); cell != "" && strings.Trim(cell, "0123456789") == "" {
					out.WriteString(" " + cell)
				}
			}
			out.WriteByte('\n')
		case strings.Contains(line, "<"):
			for _, tag := range regexp.MustCompile(`</?[a-z]+`).FindAllString(line, -1) {
				out.WriteString(tag + " ")
			}
			out.WriteByte('\n')
		}
	}
	if fence != "" {
		return "", errors.New("a fence has no end")
	}
	text := out.String()
	if strings.Count(text, "<details ") != strings.Count(text, "</details ") {
		return "", errors.New("details have no end")
	}
	return text, nil
}
