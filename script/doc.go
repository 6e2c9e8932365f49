// Package script runs the JavaScript of collections: Postman's sandbox on the engine goja.
//
// A Sandbox has one JavaScript realm for one run, or one unit of a parallel run: what a script leaves on the
// global object is there for the next one, as in Postman. Everything that a script may do outside the
// realm goes through the Host it is run with. A realm that a script has broken is replaced, see Sandbox.
//
// Behaviour is that of the newest Postman sandbox: top-level await, host names that may be redeclared, promises
// from pm.sendRequest. Options.Compat brings newman's results back. What differs on purpose:
//   - A promise that pm.test's function returns is awaited, and a test that never calls done fails.
//   - Errors in timers, callbacks and promises nobody handles count as failures of the script.
//   - A script that awaits what can never come ends at once, with an error that says so.
//
// Syntax that the engine does not know is translated by esbuild, in memory and only then: see package newer.
//
// Time, memory, stack and what single operations of the engine may build are bounded. The bounds hold against
// mistakes and accidents; they are no defence against an author who means to break out.
package script
