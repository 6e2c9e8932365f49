// Package unique tells names apart that come more than once.
//
// CI systems take two cases of one name for one. The first keeps its name; the others get a number.
package unique

import "fmt"

// Names counts the names that were used. The zero map cannot be used: make one with Names{}.
type Names map[string]int

// Next returns name, with a number after it where name was returned before: "a", "a (2)", "a (3)".
func (n Names) Next(name string) string {
	n[name]++
	if n[name] == 1 {
		return name
	}
	for again := n[name]; ; again++ {
		numbered := fmt.Sprintf("%s (%d)", name, again)
		if n[numbered] == 0 {
			n[numbered] = 1
			return numbered
		}
	}
}
