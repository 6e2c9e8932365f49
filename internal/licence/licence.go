// Package licence holds the licence texts that a copy of the program has to carry: our own, Go's, and those of
// every Go module that a released binary links.
//
// The texts stand in licences.txt, which `make licences` writes from the module cache. They are reproduced word
// for word, as their authors ask. A test fails when a dependency came or changed and the file did not follow.
package licence

import _ "embed"

//go:embed licences.txt
var licences string

// Text is all of it, ready to print: our licence first, then each module under a heading with its path, its
// version and the name of the file quoted.
func Text() string { return licences }
