package vipps

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// The catalogue of documented and observed errors, so that a fault can answer as
// Vipps does in a case that no request brings about here: an expired secret, say.

//go:embed testdata/errors.json
var errorCatalogue []byte

// A documented error is an entry of the catalogue.
type documented struct {
	ID      string            `json:"id"`
	Status  int               `json:"status"`
	Type    string            `json:"contentType"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

// documentedErrors reads the catalogue. What is no error is left out.
func documentedErrors() []documented {
	var all []documented
	if err := json.Unmarshal(errorCatalogue, &all); err != nil {
		panic(fmt.Errorf("reading the catalogue of errors: %w", err)) // it is our own file
	}
	return slices.DeleteFunc(all, func(d documented) bool { return d.Status < 400 })
}

func findDocumented(id string) (documented, error) {
	var names []string
	for _, d := range documentedErrors() {
		if d.ID == id {
			return d, nil
		}
		names = append(names, d.ID)
	}
	return documented{}, fmt.Errorf("want one of %s", strings.Join(names, ", "))
}

func (d documented) reply() reply {
	r := reply{status: d.Status, header: http.Header{}}
	if len(d.Body) > 0 && string(d.Body) != "null" {
		r.body, r.mime = d.Body, mimeJSON
		if d.Type != "" {
			r.mime = d.Type
		}
	}
	for name, value := range d.Headers {
		r.header.Set(name, value)
	}
	return r
}
