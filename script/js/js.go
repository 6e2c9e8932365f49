// Package js holds the sandbox's own JavaScript.
//
// It is run in a realm only when a script mentions what it adds, because most scripts do not and it takes time.
package js

import _ "embed" // for the sources below

//go:embed polyfill.js
var polyfill string

// Polyfill returns a program that adds to the global objects what V8 has and goja lacks. It leaves alone what
// is there, so it may run in a realm that scripts have used.
func Polyfill() string { return polyfill }

// Wanted lists words; a script that needs the program mentions one of them.
func Wanted() []string {
	return []string{
		"groupBy", "withResolvers", "Promise.try", "fromAsync", "ellFormed", "__define", "__lookup",
		"getYear", "setYear", "toGMTString", "captureStackTrace", "asyncIterator", "RegExp.escape",
		".anchor(", ".big(", ".blink(", ".bold(", ".fixed(", ".fontcolor(", ".fontsize(", ".italics(", ".link(",
		".small(", ".strike(", ".sub(", ".sup(", "Iterator", ".values()", ".keys()", ".entries()", "drop(", "take(", "toArray(",
	}
}
