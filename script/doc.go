// Package script runs the JavaScript of collections: Postman's sandbox on the engine goja.
//
// A Sandbox is one JavaScript realm for one run (or one parallel worker): what a script leaves on the
// global object is there for the next one, as in Postman. Everything that a script may do outside the
// realm goes through the Host it is run with.
package script
