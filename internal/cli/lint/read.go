package lint

import (
	"context"
	"os"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
	"posthaste/internal/cli/input"
	"posthaste/internal/cli/process"
	"posthaste/lint/subject"
	"posthaste/runner"
)

// read reads the inputs as a run does, and keeps their texts for the findings.
func (l *linting) read(ctx context.Context, opt *subject.Options) error {
	var err error
	if err = l.parse(ctx); err != nil {
		return err
	}
	if l.environment, err = l.variables(ctx, "environment", l.environmentFile, l.envVars); err != nil {
		return err
	}
	if opt.Globals, err = l.variables(ctx, "globals", l.globalsFile, l.globalVars); err != nil {
		return err
	}
	if l.data != "" {
		rows, file, err := l.in.Data(ctx, l.data, "")
		if file != nil {
			defer file.Close()
		}
		if err != nil {
			return err
		}
		if opt.Data, err = columns(rows); err != nil {
			return process.Usage("", "reading the iteration data: %w", err)
		}
	}
	opt.Notes = l.notes
	return nil
}

// parse reads the collection. Warnings of format 3 become findings.
func (l *linting) parse(ctx context.Context) error {
	var err error
	l.collection, err = l.in.Collection(ctx, l.source, input.Parsing{
		Warn: func(w v3.Warning) {
			l.notes = append(l.notes, subject.Note{Code: w.Code, File: w.File, Text: w.Text, Hint: w.Hint, Pos: w.Pos})
		},
		Text:    func(name string, data []byte) { l.texts[name] = data },
		Several: "name one of them",
	})
	return err
}

// variables reads an environment or globals; nil where none was named, which is another thing
// than an empty one: rules that need variables are then left out.
func (l *linting) variables(ctx context.Context, what, text string, pairs []string) (*collection.Environment, error) {
	if text == "" && len(pairs) == 0 {
		return nil, nil
	}
	return l.in.Scope(ctx, what, text, l.source, pairs)
}

// columns are the names of the first row: what later rows have in addition cannot be relied
// on.
func columns(rows runner.Rows) ([]string, error) {
	row, _, err := rows.Next()
	var names []string
	for _, field := range row {
		names = append(names, field.Key)
	}
	return names, err
}

// text returns the text of a file that a finding is in. Files are read when a finding first
// asks.
func (l *linting) text(file string) ([]byte, error) {
	if data, ok := l.texts[file]; ok {
		return data, nil
	}
	data, err := os.ReadFile(l.process.Path(file))
	if err == nil {
		l.texts[file] = data
	}
	return data, err
}

// opens reports whether a run could open a body's file, from the same working directory.
func (l *linting) opens(name string) bool {
	file, err := input.NewBodyFiles(l.process, l.workingDir, false).Open(name)
	if err != nil {
		return false
	}
	return file.Close() == nil
}
