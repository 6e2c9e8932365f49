package main

import (
	"fmt"
	"strings"
)

// files are inputs with long files of data.
func files() []input {
	return []input{
		{name: "rows of CSV", first: 200, make: func(w *workspace, n int) []string {
			w.file("d.csv", "id,name\n"+text(n, func(i int) string { return fmt.Sprintf("%d,name %d\n", i, i) }))
			return w.run(w.requests(1), "-d", "d.csv")
		}},
		{name: "rows of CSV that are not run", first: 20_000, make: func(w *workspace, n int) []string {
			w.file("d.csv", "id,name\n"+text(n, func(i int) string { return fmt.Sprintf("%d,name %d\n", i, i) }))
			return w.run(w.requests(1), "-d", "d.csv", "-n", "1")
		}},
		{name: "columns of CSV", first: 5_000, make: func(w *workspace, n int) []string {
			w.file("d.csv", text(n, func(i int) string { return fmt.Sprintf("c%d,", i) })+"z\n"+text(n, func(i int) string { return fmt.Sprintf("%d,", i) })+"z\n")
			return w.run(w.requests(1), "-d", "d.csv")
		}},
		{name: "a long field of CSV", first: 1 << 20, make: func(w *workspace, n int) []string {
			w.file("d.csv", "id,long\n1,\""+strings.Repeat("text, \"\"quoted\"\"\n", n/17)+"\"\n")
			return w.run(w.requests(1), "-d", "d.csv")
		}},
		{name: "rows of JSON", first: 200, make: func(w *workspace, n int) []string {
			w.json("d.json", list(n, func(i int) any { return object{"id": i, "name": fmt.Sprintf("name %d", i)} }))
			return w.run(w.requests(1), "-d", "d.json")
		}},
		{name: "rows of JSON that are not run", first: 20_000, make: func(w *workspace, n int) []string {
			w.json("d.json", list(n, func(i int) any { return object{"id": i, "name": fmt.Sprintf("name %d", i)} }))
			return w.run(w.requests(1), "-d", "d.json", "-n", "1")
		}},
		{name: "members of a row of JSON", first: 5_000, make: func(w *workspace, n int) []string {
			row := object{}
			for i := range n {
				row[fmt.Sprintf("k%d", i)] = i
			}
			w.json("d.json", []any{row})
			return w.run(w.requests(1), "-d", "d.json")
		}},
	}
}

// commands are inputs of other commands than run.
func commands() []input {
	record := func(w *workspace, n int) string {
		if err := w.prepare([]string{"run", w.requests(n), "-r", "events", "--reporter-events-export", "events.ndjson"}); err != nil && w.err == nil {
			w.err = err
		}
		return "events.ndjson"
	}
	return []input{
		{name: "report of a recording", first: 500, make: func(w *workspace, n int) []string {
			return []string{"report", record(w, n), "-r", "cli,junit,html,json"}
		}},
		{name: "merge of shards", first: 4, make: func(w *workspace, n int) []string {
			w.requests(1)
			w.file("d.csv", "id\n"+text(4*n, func(i int) string { return fmt.Sprintf("%d\n", i) }))
			for i := range n {
				err := w.prepare([]string{
					"run", "c.json", "-r", "events", "--reporter-events-export", fmt.Sprintf("shards/%d.ndjson", i),
					"--shard", fmt.Sprintf("%d/%d", i+1, n), "--shard-by", "row", "--run-id", "scaling", "-d", "d.csv",
				})
				if err != nil && w.err == nil {
					w.err = err
				}
			}
			return []string{"merge", "shards", "-r", "cli,junit,html,json"}
		}},
		{name: "merge of long shards", first: 200, make: func(w *workspace, n int) []string {
			w.requests(1)
			w.file("d.csv", "id\n"+text(n, func(i int) string { return fmt.Sprintf("%d\n", i) }))
			for i := range 2 {
				err := w.prepare([]string{
					"run", "c.json", "-r", "events", "--reporter-events-export", fmt.Sprintf("shards/%d.ndjson", i),
					"--shard", fmt.Sprintf("%d/2", i+1), "--shard-by", "row", "-d", "d.csv", "--run-id", "scaling",
				})
				if err != nil && w.err == nil {
					w.err = err
				}
			}
			return []string{"merge", "shards", "-r", "cli,junit,html,json"}
		}},
		{name: "list", first: 2_000, make: func(w *workspace, n int) []string { return []string{"list", w.requests(n)} }},
		{name: "list --include", first: 500, make: func(w *workspace, n int) []string {
			return []string{"list", w.requests(n), "--include", "request *"}
		}},
		{name: "lint", first: 500, make: func(w *workspace, n int) []string { return []string{"lint", w.requests(n)} }},
		{name: "lint of a long script", first: 1_000, make: func(w *workspace, n int) []string {
			w.collection(w.item("request", w.base+"/", text(n, func(i int) string { return fmt.Sprintf("pm.environment.set('v%d', pm.response.json().a);\n", i) })))
			return []string{"lint", "c.json"}
		}},
		{name: "convert to 3.0", first: 100, make: func(w *workspace, n int) []string {
			return []string{"convert", w.requests(n), "--to", "3.0", "-o", "out"}
		}},
		{name: "--dry-run", first: 500, make: func(w *workspace, n int) []string { return w.run(w.requests(n), "--dry-run") }},
	}
}
