package generate

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"posthaste/internal/openapi"
)

// Environment makes a Postman environment for the collection of a file whose API is served at an address: the variables of its
// servers, with their base paths, and values that stand in for credentials. at has no path.
func Environment(d *openapi.Document, at string) ([]byte, error) {
	g := &generator{doc: d, known: map[string]bool{}}
	g.variable("baseUrl", baseURL(d.Servers), "")
	for _, o := range d.Operations {
		g.base(o)
		g.authenticate(o, &request{}, &[]string{})
	}
	type value struct {
		Key     string `json:"key"`
		Value   string `json:"value"`
		Type    string `json:"type"`
		Enabled bool   `json:"enabled"`
	}
	values := []value{}
	for _, v := range g.variables {
		switch {
		case strings.HasPrefix(v.Key, "baseUrl"):
			u, err := url.Parse(v.Value)
			if err != nil {
				return nil, fmt.Errorf("the server %s: %w", v.Value, err)
			}
			values = append(values, value{v.Key, at + strings.TrimSuffix(u.EscapedPath(), "/"), "default", true})
		case v.Type == "secret":
			values = append(values, value{v.Key, "simulated", "secret", true})
		}
	}
	name := d.Title
	if name == "" {
		name = d.Name
	}
	b, err := json.MarshalIndent(map[string]any{"name": name + " (simulated)", "values": values, "_postman_variable_scope": "environment"}, "", "  ")
	return append(b, '\n'), err
}
