package option

import (
	"strings"

	"github.com/spf13/pflag"
)

// A list is the values of an option that may be repeated, as they are given. pflag's own writes them as CSV whenever an
// option is defined, with 4 KB of room each: that cost each start as much as reading the collection.
type list struct {
	values *[]string
}

// List defines an option that may be repeated and has no values before.
func List(s *pflag.FlagSet, values *[]string, name, usage string) {
	*values = nil
	s.Var(&list{values}, name, usage)
}

// Reports defines the options that say which reports are made: the names of reporters, "cli" unless some are given, and
// reports in files, each NAME=FILE.
func Reports(s *pflag.FlagSet, reporters *string, reports *[]string) {
	s.StringVarP(reporters, "reporters", "r", "cli", "`NAMES` reporters, separated by commas")
	s.Lookup("reporters").NoOptDefVal = NoValue
	*reports = nil
	s.VarP(&list{reports}, "report", "o", "`NAME=FILE` write this report to a file, besides the reporters of -r; may be repeated")
}

// Set adds a value.
func (l *list) Set(value string) error {
	*l.values = append(*l.values, value)
	return nil
}

// Type is pflag's name of such options.
func (*list) Type() string { return "stringArray" }

// String shows the values; nothing for the default, which help then leaves out.
func (l *list) String() string {
	if l.values == nil {
		return ""
	}
	return strings.Join(*l.values, ", ")
}

// Append adds a value. With Replace and GetSlice it makes an option one that may be repeated for pflag, and for what warns
// of others that are given twice.
func (l *list) Append(value string) error { return l.Set(value) }

// Replace puts other values in the place of all.
func (l *list) Replace(values []string) error {
	*l.values = values
	return nil
}

// GetSlice returns the values.
func (l *list) GetSlice() []string { return *l.values }
