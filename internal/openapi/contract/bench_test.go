package contract_test

import (
	"fmt"
	"strings"
	"testing"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/contract"
	"posthaste/runner/event"
)

// BenchmarkCheck holds a response of 1 kB against a file of 300 operations.
func BenchmarkCheck(b *testing.B) {
	var file strings.Builder
	file.WriteString("openapi: 3.0.3\ninfo: {title: T, version: '1'}\nservers: [{url: https://api.example.com/v1}]\npaths:\n")
	for i := range 300 {
		fmt.Fprintf(&file, "  /r%d/{id}/x:\n    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]\n    get:\n      responses: {'200': {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/P'}}}}}}\n", i)
	}
	file.WriteString("components:\n  schemas:\n    P: {type: object, required: [id, amount], properties: {id: {type: string, pattern: '^p-\\d+$'}, amount: {type: object, properties: {value: {type: integer, minimum: 0}, currency: {type: string, enum: [NOK, EUR]}}}, state: {type: string, enum: [A, B]}, tags: {type: array, items: {type: string}}}}\n")
	d, err := openapi.Load("a.yaml", openapi.Options{Read: func(string) ([]byte, error) { return []byte(file.String()), nil }})
	if err != nil {
		b.Fatal(err)
	}
	c := contract.New([]*openapi.Document{d}, contract.Options{})
	body := "[" + strings.TrimSuffix(strings.Repeat(`{"id":"p-12345","amount":{"value":100,"currency":"NOK"},"state":"A","tags":["one","two"]},`, 11), ",") + "]"
	x := contract.Exchange{
		Request:  event.Request{Method: "GET", URL: "https://api.example.com/v1/r299/7/x"},
		Response: event.Response{Code: 200, Header: []event.Header{{Key: "Content-Type", Value: "application/json"}}, Body: event.Body{Data: []byte(body), Size: int64(len(body))}},
	}
	if v := c.Check(x); v.Operation == nil || len(v.Violations) > 0 || len(v.Notices) > 0 {
		b.Fatalf("%d bytes: %+v", len(body), v)
	}
	for b.Loop() {
		c.Check(x)
	}
}
