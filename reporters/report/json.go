package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// Indented is v as JSON whose first line continues a line and whose others begin with indent.
func Indented(v any, indent string) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(indent, "  ")
	if err := enc.Encode(v); err != nil {
		return "null", fmt.Errorf("writing JSON: %w", err)
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// JSONText is a string in JSON.
func JSONText(text string) string {
	quoted, err := Indented(text, "")
	if err != nil { // a string always has JSON
		return `""`
	}
	return quoted
}
