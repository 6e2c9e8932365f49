// Package v3 reads Postman's collection format 3.0: directories of YAML files.
//
// A collection is a directory; each of its sub-directories is a folder, each *.request.yaml a request, and
// .resources/definition.yaml beside them says what a collection or folder has of its own. They become the model
// of package collection, as files of format 2.1 do, so that whatever runs those runs these.
//
// Scalars are taken as they stand in the file: 007, yes and 1.0 are texts. An error is a *collection.ParseError
// with file, line and column. What Postman would drop without a word (unknown keys, scripts of the wrong type)
// is a Warning, and a notice of the collection.
//
// Beyond Postman, a script may name a file by src, and a scripts directory in the .resources of a request,
// folder or collection holds scripts by type: beforeRequest.js, afterResponse.js, beforeQuery.js.
package v3
