package fault

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"posthaste/internal/vipps/response"
)

// The catalogue of documented and observed errors, so that a fault can answer as
// Vipps does in a case that no request brings about here: an expired secret, say.

//go:embed errors.json
var catalogueJSON []byte

// A Documented error is an entry of the catalogue.
type Documented struct {
	ID      string            `json:"id"`
	Status  int               `json:"status"`
	Type    string            `json:"contentType"`
	Headers map[string]string `json:"headers"`
	Body    json.RawMessage   `json:"body"`
}

// Catalogue returns the documented and observed errors.
func Catalogue() []Documented {
	var all []Documented
	if err := json.Unmarshal(catalogueJSON, &all); err != nil {
		panic(fmt.Errorf("reading the catalogue of errors: %w", err)) // it is our own file
	}
	return slices.DeleteFunc(all, func(d Documented) bool { return d.Status < 400 })
}

func findDocumented(id string) (Documented, error) {
	var names []string
	for _, d := range Catalogue() {
		if d.ID == id {
			return d, nil
		}
		names = append(names, d.ID)
	}
	return Documented{}, fmt.Errorf("want one of %s", strings.Join(names, ", "))
}

// Response returns the error as it was documented.
func (d Documented) Response() response.Response {
	r := response.Response{Status: d.Status, Header: http.Header{}}
	if len(d.Body) > 0 && string(d.Body) != "null" {
		r.Body, r.Type = d.Body, response.MIMEJSON
		if d.Type != "" {
			r.Type = d.Type
		}
	}
	for name, value := range d.Headers {
		r.Header.Set(name, value)
	}
	return r
}
