// Package collection reads Postman's files into one model: collections of format 2.1, 2.0 and 1,
// bare requests, environments, globals and iteration data. Format 3.0, which is directories of YAML, is read and
// written by package v3 below this one.
//
// Parsing knows nothing of running: placeholders such as {{host}} stay text, scripts stay source,
// and what a run does not use (descriptions, saved examples) is kept for reports and exports.
// A parsed collection is never changed by a run; whoever wants to change a part clones it.
//
// Every error that concerns the user's file is a *ParseError with file, line and column.
package collection
