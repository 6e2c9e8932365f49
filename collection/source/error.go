package source

import "fmt"

// A ParseError says where a file departs from its format.
type ParseError struct {
	File string // as the user gave it; "-" is standard input
	Pos  Pos    // the zero Pos where the whole file is meant
	Hint string // what to do about it, "" when there is nothing to add
	Err  error
}

// Error names file, line, column and what is wrong.
func (e *ParseError) Error() string {
	if e.Pos.Line == 0 {
		return fmt.Sprintf("%s: %v", e.File, e.Err)
	}
	return fmt.Sprintf("%s:%d:%d: %v", e.File, e.Pos.Line, e.Pos.Col, e.Err)
}

// Unwrap returns what is wrong without the place.
func (e *ParseError) Unwrap() error { return e.Err }
