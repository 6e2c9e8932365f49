package cli

import (
	"context"
	"errors"
	"os"

	"posthaste/collection"
	v3 "posthaste/collection/v3"
	"posthaste/lint"
	"posthaste/runner"
)

// read reads the inputs as a run does, and keeps their texts for the findings.
func (l *linting) read(ctx context.Context, opt *lint.Options) error {
	var err error
	if err = l.parse(ctx); err != nil {
		return err
	}
	if l.environment, err = l.variables(ctx, "environment", l.flags.environment, l.flags.envVars); err != nil {
		return err
	}
	if opt.Globals, err = l.variables(ctx, "globals", l.flags.globals, l.flags.globalVars); err != nil {
		return err
	}
	if l.flags.data != "" {
		rows, err := l.data(ctx)
		if err != nil {
			return err
		}
		if opt.Data, err = columns(rows); err != nil {
			return usage("", "reading the iteration data: %w", err)
		}
	}
	opt.Notes = l.notes
	return nil
}

func (l *linting) parse(ctx context.Context) error {
	if path := l.process.path(l.source); !isURL(l.source) && (isDir(path) || isYAML(path)) {
		c, err := v3.ParsePath(l.source, path, v3.Options{Locate: true, Warn: func(w v3.Warning) {
			l.notes = append(l.notes, lint.Note{Code: w.Code, File: w.File, Text: w.Text, Hint: w.Hint, Pos: w.Pos})
		}})
		if workspace := (*v3.WorkspaceError)(nil); errors.As(err, &workspace) {
			return usage("name one of them", "reading the collection: %w", err)
		}
		if err != nil {
			return usage("", "reading the collection: %w", err)
		}
		l.collection = c
		return nil
	}
	name, data, err := l.from("collection", l.source).read(ctx)
	if err != nil {
		return err
	}
	l.texts[name] = data
	if l.collection, err = collection.Parse(name, data, collection.Options{}); err != nil {
		return usage("", "reading the collection: %w", err)
	}
	return nil
}

// variables reads an environment or globals; nil where none was named.
func (l *linting) variables(ctx context.Context, what, text string, pairs []string) (*collection.Environment, error) {
	if text == "" && len(pairs) == 0 {
		return nil, nil
	}
	return l.scope(ctx, what, text, pairs)
}

// columns are the names of the first row: what later rows have more is not counted on.
func columns(rows runner.Rows) ([]string, error) {
	row, _, err := rows.Next()
	var names []string
	for _, field := range row {
		names = append(names, field.Key)
	}
	return names, err
}

// text gives the findings the file that they stand in.
func (l *linting) text(file string) ([]byte, error) {
	if data, ok := l.texts[file]; ok {
		return data, nil
	}
	data, err := os.ReadFile(l.process.path(file))
	if err == nil {
		l.texts[file] = data
	}
	return data, err
}

// opens tells whether a run could open a body's file.
func (l *linting) opens(name string) bool {
	file, err := l.files().Open(name)
	if err != nil {
		return false
	}
	return file.Close() == nil
}
