package contract_test

import (
	"fmt"
	"strings"
	"testing"

	"posthaste/internal/openapi"
	"posthaste/internal/openapi/contract"
)

// circle is a file of n operations and n schemas, and each schema leads to all others.
func circle(t *testing.T, n int) *openapi.Document {
	t.Helper()
	var paths, schemas strings.Builder
	for i := range n {
		fmt.Fprintf(&paths, "  /r%d: {get: {responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/S%d'}}}}}}}\n", i, i)
		fmt.Fprintf(&schemas, "    S%d: {type: object, properties: {next: {$ref: '#/components/schemas/S%d'}, state: {enum: [A, B]}}}\n", i, (i+1)%n)
	}
	file := "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n" + paths.String() + "components:\n  schemas:\n" + schemas.String()
	d, err := openapi.Load("a.yaml", openapi.Options{Read: func(string) ([]byte, error) { return []byte(file), nil }})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Twice as large a file whose schemas refer to each other takes twice the work to list, not four times, and each point is there once.
func TestTheListOfAFileGrowsWithTheFile(t *testing.T) {
	work := func(n int) float64 {
		d := circle(t, n)
		points := map[string]int{}
		for _, p := range contract.New([]*openapi.Document{d}, contract.Options{}).Coverage()[0].Points {
			points[p.Kind+p.Operation+p.Name]++
		}
		// An operation, a status, two properties and two enum values each.
		if len(points) != 6*n {
			t.Errorf("%d operations have %d points, want %d", n, len(points), 6*n)
		}
		for name, times := range points {
			if times > 1 {
				t.Errorf("%s is listed %d times", name, times)
			}
		}
		return testing.AllocsPerRun(1, func() { contract.New([]*openapi.Document{d}, contract.Options{}) })
	}
	if few, many := work(200), work(800); many > 6*few {
		t.Errorf("a file 4 times as large takes %.1f times the work", many/few)
	}
}
