package report

import (
	"fmt"
	"strings"

	"posthaste/runner/event"
)

// CoverageText is how much of the OpenAPI files a run covered: "openapi: 3 of 4 operations, 5 of 9 statuses …".
func CoverageText(list []event.Coverage) string {
	var parts []string
	for _, kind := range event.CoveredKinds() {
		if s := event.ShareOf(list, kind); s.Documented > 0 || kind == event.CoveredOperation {
			parts = append(parts, s.String()+" "+event.CoveredPlural(kind))
		}
	}
	text := "openapi: " + strings.Join(parts, ", ")
	cut := 0
	for _, c := range list {
		cut += c.NotJudged
	}
	if cut > 0 {
		text += fmt.Sprintf("; %s not judged, since they were cut", Count(cut, "response"))
	}
	return text
}

// A coverageShape is what a run covered of an OpenAPI file, for programs.
type coverageShape struct {
	File      string                `json:"file"`
	Title     string                `json:"title,omitempty"`
	NotJudged int                   `json:"notJudged,omitempty"`
	Sums      map[string]shareShape `json:"sums"`
	Points    []pointShape          `json:"points"`
}

type shareShape struct {
	Seen       int `json:"seen"`
	Documented int `json:"documented"`
}

type pointShape struct {
	Kind       string `json:"kind"`
	Operation  string `json:"operation,omitempty"`
	Name       string `json:"name"`
	Place      string `json:"place,omitempty"`
	Seen       int    `json:"seen"`
	Deprecated bool   `json:"deprecated,omitempty"`
}

// CoverageShape is coverage as JSON reports have it: a file each, with sums by kind and every point.
func CoverageShape(list []event.Coverage) any {
	shapes := make([]coverageShape, 0, len(list))
	for _, c := range list {
		s := coverageShape{File: c.File, Title: c.Title, NotJudged: c.NotJudged, Sums: map[string]shareShape{}, Points: []pointShape{}}
		for _, kind := range event.CoveredKinds() {
			share := c.Share(kind)
			s.Sums[kind] = shareShape(share)
		}
		for _, p := range c.Points {
			s.Points = append(s.Points, pointShape{p.Kind, p.Operation, p.Name, p.Place, p.Seen, p.Deprecated})
		}
		shapes = append(shapes, s)
	}
	return shapes
}

// Uncovered are the points of a kind that nothing met, each with its operation.
func Uncovered(list []event.Coverage, kind string) []event.Covered {
	var points []event.Covered
	for _, c := range list {
		for _, p := range c.Points {
			if p.Kind == kind && p.Seen == 0 {
				points = append(points, p)
			}
		}
	}
	return points
}
