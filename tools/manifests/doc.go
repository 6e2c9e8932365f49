// Package manifests holds the tests of docs/scale.md: they take every manifest out of the page and read it the way
// its scheduler would. It is a module of its own so that the schedulers' types are no dependency of the program.
package manifests
