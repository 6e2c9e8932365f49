package report

import (
	"encoding/json"
	"io"
)

// WriteJSON writes a report as one JSON object. docs/check.md lists its keys.
func WriteJSON(w io.Writer, r *Report) error {
	type line struct {
		Status  Status `json:"status"`
		Subject string `json:"subject,omitempty"`
		Text    string `json:"text"`
		Line    int    `json:"line,omitempty"`

		Evidence []string `json:"evidence,omitempty"`
	}
	lines := []line{}
	var skipped []string
	for _, l := range r.Lines {
		lines = append(lines, line{l.status, l.Subject, l.Text, l.Line, l.Evidence()})
		if l.status == Skip || l.status == Unknown {
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
		Kind        string            `json:"kind,omitempty"`
		File        string            `json:"file,omitempty"`
		Offline     bool              `json:"offline"`
		Outcome     Outcome           `json:"outcome"`
		Verdict     string            `json:"verdict"`
		Why         string            `json:"why,omitempty"`
		Open        string            `json:"open,omitempty"`
		Advice      string            `json:"doThis,omitempty"`
		Lines       []line            `json:"checks"`
		NotJudged   []string          `json:"notJudged"`
		Rules       []string          `json:"rules"`
		Support     map[string]string `json:"support"`
	}{
		r.API, r.Environment, r.Host, r.Kind, r.File, r.Offline, r.Outcome, r.Verdict, r.Why, r.Open, r.Advice, lines,
		nonNil(skipped), nonNil(r.Rules), support,
	})
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
