package lint

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"posthaste/lint/rule"
	"posthaste/lint/subject"
)

// WriteJSON writes findings as a JSON object: {"findings": [...]}.
func WriteJSON(w io.Writer, found []subject.Finding) error {
	type finding struct {
		Rule     string   `json:"rule"`
		Severity string   `json:"severity"`
		Path     []string `json:"path"`
		Script   string   `json:"script,omitempty"`
		Name     string   `json:"name,omitempty"`
		Text     string   `json:"text"`
		Hint     string   `json:"hint,omitempty"`
		File     string   `json:"file"`
		Line     int      `json:"line,omitempty"`
		Column   int      `json:"column,omitempty"`
		Source   string   `json:"source,omitempty"`
		Mark     int      `json:"mark,omitempty"`
		Length   int      `json:"length,omitempty"`
		Also     []string `json:"also,omitempty"`
		OpenAPI  string   `json:"openapi,omitempty"` // file:line:column of what asks
		Fix      string   `json:"fix,omitempty"`     // what --fix would do; its text may hold a secret
	}
	list := make([]finding, 0, len(found))
	for _, f := range found {
		out := finding{
			f.Rule, f.Severity.String(), append([]string{}, f.Path...), f.Script, f.Name, f.Text, f.Hint, f.File, f.Pos.Line, f.Pos.Col,
			f.Source, f.Mark, f.Length, f.Also, f.OpenAPI, "",
		}
		if f.Fix != nil {
			out.Fix = f.Fix.About
		}
		list = append(list, out)
	}
	return encode(w, map[string]any{"findings": list})
}

func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// WriteGitHub writes findings as the commands that GitHub Actions turns into annotations.
func WriteGitHub(w io.Writer, found []subject.Finding) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, f := range found {
		level := f.Severity.String()
		if f.Severity == subject.Info {
			level = "notice"
		}
		place := "file=" + property.Replace(filepath.ToSlash(f.File))
		if f.Pos.Line > 0 {
			place += fmt.Sprintf(",line=%d,col=%d", f.Pos.Line, max(f.Pos.Col, 1))
		}
		if _, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", level, place, property.Replace("posthaste lint: "+f.Rule), data.Replace(message(f))); err != nil {
			return err
		}
	}
	return nil
}

// message is a finding in one line without its place.
func message(f subject.Finding) string {
	text := f.Text
	if len(f.Path) > 0 {
		text = subject.Joined(f.Path) + ": " + text
	}
	if f.OpenAPI != "" {
		text += " (" + f.OpenAPI + ")"
	}
	if f.Hint != "" {
		text += "; " + f.Hint
	}
	if len(f.Also) > 0 {
		text += " (also: " + also(f.Also) + ")"
	}
	return text
}

// WriteSARIF writes findings in SARIF 2.1.0, which code scanning reads. Columns count Unicode code points.
func WriteSARIF(w io.Writer, found []subject.Finding, version string) error {
	type object = map[string]any
	ids := map[string]int{}
	table := []object{}
	for i, r := range rule.All() {
		ids[r.Id] = i
		table = append(table, object{
			"id": r.Id, "shortDescription": object{"text": r.About}, "fullDescription": object{"text": strings.ReplaceAll(r.Doc, "\n", " ")},
			"defaultConfiguration": object{"level": sarifLevel(r.Severity)},
		})
	}
	results := []object{}
	for _, f := range found {
		physical := object{"artifactLocation": object{"uri": sarifURI(f.File)}}
		if f.Pos.Line > 0 {
			physical["region"] = sarifRegion(f)
		}
		location := object{"physicalLocation": physical}
		if len(f.Path) > 0 {
			location["logicalLocations"] = []object{{"fullyQualifiedName": subject.Joined(f.Path)}}
		}
		result := object{
			"ruleId": f.Rule, "ruleIndex": ids[f.Rule], "level": sarifLevel(f.Severity),
			"message": object{"text": message(f)}, "locations": []object{location},
		}
		if asks := sarifPlace(f.OpenAPI); asks != nil {
			result["relatedLocations"] = []object{{"id": 1, "physicalLocation": asks, "message": object{"text": "what the OpenAPI file asks for"}}}
		}
		results = append(results, result)
	}
	return encode(w, object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
		"runs": []object{{
			"tool":       object{"driver": object{"name": "posthaste lint", "version": version, "rules": table}},
			"columnKind": "unicodeCodePoints", "results": results,
		}},
	})
}

// sarifPlace is the physical location of a place written as file:line:column, nil for another text.
func sarifPlace(place string) map[string]any {
	rest, col, ok := cutNumber(place)
	file, line, both := cutNumber(rest)
	if !ok || !both {
		return nil
	}
	return map[string]any{
		"artifactLocation": map[string]any{"uri": sarifURI(file)},
		"region":           map[string]any{"startLine": line, "startColumn": col},
	}
}

// cutNumber takes the number behind the last colon off a text.
func cutNumber(text string) (before string, n int, ok bool) {
	i := strings.LastIndexByte(text, ':')
	if i < 0 {
		return "", 0, false
	}
	n, err := strconv.Atoi(text[i+1:])
	return text[:i], n, err == nil && n > 0
}

func sarifLevel(s subject.Severity) string {
	if s == subject.Info {
		return "note"
	}
	return s.String()
}

// sarifRegion counts columns in code points where the line of the file is at hand, which that of a script in JSON
// is not: its columns are as good as the file is ASCII.
func sarifRegion(f subject.Finding) map[string]any {
	start := max(f.Pos.Col, 1)
	region := map[string]any{"startLine": f.Pos.Line}
	if f.Mark == f.Pos.Col && f.Mark > 0 && f.Mark-1+f.Length <= len(f.Source) {
		start = utf8.RuneCountInString(f.Source[:f.Mark-1]) + 1
		region["snippet"] = map[string]any{"text": f.Source}
		if f.Length > 0 {
			region["endColumn"] = start + utf8.RuneCountInString(f.Source[f.Mark-1:f.Mark-1+f.Length])
		}
	}
	region["startColumn"] = start
	return region
}

// sarifURI is a file's name as a relative URI reference.
func sarifURI(file string) string {
	return strings.NewReplacer("%", "%25", " ", "%20", "#", "%23", "?", "%3F").Replace(filepath.ToSlash(file))
}
