package expansion

import (
	"fmt"
	"strings"
)

// A CycleError says that variables hold each other, so that a text would grow without end.
type CycleError struct {
	Names []string // from one variable by the values back to it: the first is also the last
}

// Error names the variables in the order in which they lead to each other.
func (e *CycleError) Error() string {
	if len(e.Names) == 2 {
		return "the variable " + e.Names[0] + " holds itself: " + Way(e.Names)
	}
	return "variables hold each other without end: " + Way(e.Names)
}

// Hint says what to do about it.
func (e *CycleError) Hint() string {
	return "give one of them a value that does not lead back"
}

// A SizeError says that the texts of an expansion became too large, though they have an end.
type SizeError struct {
	Names []string // the longest way down through variables that hold each other
}

// Error names the variables and the bound.
func (e *SizeError) Error() string {
	return fmt.Sprintf("variables make a text of more than %d MB: %s", growth>>20, Way(e.Names))
}

// Hint says what to do about it.
func (e *SizeError) Hint() string {
	return "each holds the next one several times; a large text belongs into a file, as the body of the request"
}

// Way shows variables that lead to each other, the middle of a long way left out.
func Way(names []string) string {
	const most, ends = 12, 5
	var parts []string
	for i, name := range names {
		if len(names) > most && i == ends {
			parts = append(parts, "…")
		}
		if len(names) <= most || i < ends || i >= len(names)-ends {
			parts = append(parts, "{{"+shorten(name)+"}}")
		}
	}
	return strings.Join(parts, " → ")
}

// shorten cuts a name that nobody would read to its end.
func shorten(name string) string {
	const longest = 60
	if r := []rune(name); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return name
}
