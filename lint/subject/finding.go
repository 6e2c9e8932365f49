package subject

import (
	"posthaste/collection"
	"posthaste/internal/openapi/contract"
)

// A Severity says how bad a finding is. The zero Severity is Info.
type Severity int

// The severities, from the mildest on.
const (
	Info    Severity = iota // worth knowing
	Warning                 // likely a mistake, or one that waits to happen
	Error                   // the collection does not do what it says
)

// String returns "info", "warning" or "error".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "info"
	}
}

// ParseSeverity reads what String writes.
func ParseSeverity(text string) (Severity, bool) {
	for s := Info; s <= Error; s++ {
		if s.String() == text {
			return s, true
		}
	}
	return Info, false
}

// A Finding is one thing that is wrong, at one place. What looks like a secret is masked in
// it, but for the text of Fix, which goes into the file.
type Finding struct {
	Rule     string
	Severity Severity
	Path     []string // names of the folders and the request; empty for the collection or a file of variables
	Script   string   // "prerequest" or "test" where it stands in a script, else ""
	Name     string   // the variable, key, file or request that it is about, or ""
	Text     string   // what is wrong, in one sentence without a full stop
	Hint     string   // what to do about it, "" when that is plain
	File     string   // as the user named it
	Pos      collection.Pos
	Source   string   // the line at Pos; of a script, the script's line
	Mark     int      // where in Source what is meant begins, 1-based in bytes; 0 is unknown
	Length   int      // how many bytes of Source are meant; 0 is unknown
	Also     []string // other requests that the same is wrong with, as paths joined by " / "
	OpenAPI  string   // file:line:column in the OpenAPI file of what the collection does not do, or ""
	Fix      *Fix     // nil: nothing that is safe to change by itself

	Order       int
	Comment     string // the script that it stands in
	CommentLine int
	Mild        bool // a warning at most
	Minor       bool // worth knowing at most, unless the user has set the rule's severity
}

// Options say what Check may look at. The zero value checks the collection alone with every rule.
type Options struct {
	// Source returns the text of a file by the name that the model gives it. nil leaves findings without their
	// source lines, and columns as good as the model knows them.
	Source func(file string) ([]byte, error)
	// Exists reports whether a file that a body names can be read. nil leaves such files unchecked.
	Exists func(file string) bool
	// Globals are variables too; what Check gets as environments goes before them.
	Globals *collection.Environment
	// Data are the names of iteration data's columns.
	Data []string
	// Notes are what the reader of the collection warned of.
	Notes []Note
	// Rules are the only rules to apply, Without those not to; empty Rules are all.
	Rules, Without []string
	// Severities change the severity of rules.
	Severities map[string]Severity
	// Least is the mildest severity that is reported.
	Least Severity
	// API are the OpenAPI files that requests are held against, whose unknown values are contract.Unsent. nil for none.
	API *contract.Contract
	// Ignore are rules to leave out below certain paths.
	Ignore []Ignored
}

// A Note is a warning of the collection's reader, such as v3's.
type Note struct {
	Code, File, Text, Hint string
	Pos                    collection.Pos
}

// An Ignored leaves rules out for a folder or request and what is below it.
type Ignored struct {
	Rule string // "" is every rule
	Path string // names joined by " / "; "" is everything
}
